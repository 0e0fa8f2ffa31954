//! Cached reads and keyed changes: the only way pages get at data.
//!
//! Every read is cached by its path under one scope of `leptos-fetch`, as the text the server sent; each reader decodes
//! what it needs. That keeps one copy of the cache's machinery in the wasm, however many resources there are.
//! A read that fails for lack of a connection keeps showing what was there, and on a trusted device what was kept there. Live events invalidate by path prefix.
//!
//! ```ignore
//! let order = queries::read::<GetOrder>(move || Some((order_id.get(), NoQuery {})));
//! view! { {move || match order.state.get() { Remote::Loading => .., Remote::Failed(error) => .., Remote::Ready(order) => .. }} }
//! let approve = queries::change::<PassStageEndpoint>();   // double clicks and lost replies are taken care of
//! approve.send(order_id, body, Some(version), move |reply| ..);
//! ```

pub mod ahead;
mod ask;
mod cache;
mod change;
mod deliver;
pub mod draft;
pub mod favourites;
mod gather;
pub mod goods;
pub mod kept;
pub mod live;
pub mod lookup;
pub mod notices;
pub mod offers;
pub mod on_behalf;
pub mod pause;
pub mod promotions;
pub mod quick_sheet;
pub mod talk;
mod turns;
pub mod uploads;

pub use cache::{Cache, Read, Remote, Shelf, read};
pub use change::{Pending, change, change_of};
pub use deliver::deliver;
