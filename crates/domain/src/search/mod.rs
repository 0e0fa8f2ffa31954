//! Finding products: by the words of their names in either language, by code, barcode, pinyin and its initials, with one
//! typo where nothing else is found; ranked, counted and marked.
//!
//! Server and device find with this same code, so that a list is the same with and without a connection. A query becomes
//! [`Words`], a product becomes [`Keys`] once, and [`Listing`] puts the two together. Only the readings of Chinese
//! characters come from elsewhere: the server computes them ([`tokens`] says of what) and sends them with the product.

mod facets;
mod fold;
mod heads;
mod keys;
mod labels;
mod list;
mod marks;
mod own;
mod pinyin;
mod place;
mod signs;
mod tree;
mod typo;
mod words;

pub use facets::{CategoryCount, Facets, LabelCount, PriceStep};
pub use fold::fold;
pub use keys::{Keys, Rank, Searched};
pub use labels::{Labels, label_key};
pub use list::{About, Filter, Goods, Listed, Listing, Span};
pub use marks::Marker;
pub use own::{Own, Promoted, Ties};
pub use pinyin::{Token, tokens};
pub use place::{Place, Score};
pub use tree::{below, upwards};
pub use words::{Word, Words};
