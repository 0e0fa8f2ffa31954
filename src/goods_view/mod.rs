//! Goods on the screen, wherever they are: the quantity or the bundle with the button that orders it, the star of a favourite, saving what
//! is there as a list, and what promotions did to an order. Knows ui, i18n, contract, domain, queries and route; no feature.

mod add;
mod bundle;
mod checked;
mod reasons;
mod save;
mod star;

pub use add::AddToCart;
pub use bundle::AddBundle;
pub use checked::{AddProblem, check};
pub use reasons::order_reasons;
pub use save::{SaveAsList, list_items, offline_reason};
pub use star::StarButton;
