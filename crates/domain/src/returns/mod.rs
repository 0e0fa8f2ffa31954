//! The return: its life cycle from submission to refund (domain.md section 4).
//!
//! The same shape as [`crate::order`]: [`decide`] answers a command with events or a typed [`ReturnRejection`], [`apply`]
//! makes events true, [`replay`] adds them up. A claim is a return without goods: it skips the goods receipt.
//!
//! A return stands beside its order and touches it in one way only: goods that came back are recorded on the order's
//! lines through [`goods_returned`].

mod apply;
mod command;
mod decide;
mod event;
mod model;
mod policy;
mod reject;
mod submission;

pub use apply::*;
pub use command::*;
pub use decide::decide;
pub use event::*;
pub use model::*;
pub use policy::*;
pub use reject::*;
pub use submission::*;
