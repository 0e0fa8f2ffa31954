//! An order on the screen: what the order page of both sides and the supplier's queues have in common.
//!
//! [`OrderDesk`] holds one open order: what is shown, what may be done, which panel is open, and how a change is sent.
//! The parts beside it show one aspect each. What is asked before a change is in [`work`]; the distributor's own panels
//! are in the feature that has them. Knows ui, i18n, contract, domain, queries and route; no feature.

mod actions;
mod bar;
mod body;
mod changes;
mod clock;
mod deadline;
mod desk;
mod errors;
mod facts;
mod form;
mod funding;
mod head;
mod history;
pub mod input;
mod lines;
mod news;
mod panel;
mod papers;
mod rating;
mod request;
mod returns;
#[cfg(test)]
pub(crate) mod sample;
mod second_check;
mod shipments;
mod summary;
mod talk;
mod track;
pub mod work;

pub use actions::{Deed, Offer, main_deed, offers};
pub use bar::OrderActions;
pub use body::{OrderSheet, sheet};
pub use changes::{ChangeList, change_words};
pub use clock::passing_now;
pub use deadline::{DeadlineChip, Span, summary_urgency};
pub use desk::{Forms, HandOver, OrderDesk};
pub use errors::{ChangeError, error_words};
pub use form::{DeedForm, Typed, Wrong, line_name, line_unit, read_all};
pub use head::{OrderHead, status_tone};
pub use history::{HistoryList, actor_words, in_place, kind_words};
pub use lines::LineTable;
pub use news::NewsNotice;
pub use panel::{Panel, Seen, panel_form};
pub use shipments::ShipmentList;
pub use summary::{status_name, status_named};
pub use talk::UnreadBadge;
pub use track::{OrderTrack, Step, StepState, steps};
