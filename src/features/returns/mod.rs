//! Returns of either side: the list, the supplier's queues, and one return with what may be done about it.

mod actions;
mod bar;
mod batch;
mod desk;
mod facts;
mod filters;
mod form;
mod history;
mod lines;
mod list;
mod model;
mod moving;
mod news;
mod page;
mod queue;
mod queue_list;
mod return_page;
mod sheet;
mod track;
mod work;

pub use batch::Batch;
pub use page::ReturnsPage;
pub use queue::ReturnQueuePage;
pub use return_page::ReturnPage;
