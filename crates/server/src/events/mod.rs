//! The live stream behind `GET /events`: what changed, and who may hear of it.

mod hub;
mod stream;

pub use hub::{Audience, Hub, Notice};
pub use stream::stream;
