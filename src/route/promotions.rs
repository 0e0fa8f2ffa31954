//! What the list of promotions shows, as its address says it.

/// What the list of promotions shows. The values of `state` are the page's business.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromotionsFilter {
    /// Words searched for in the names.
    pub q: String,
    /// How they stand: running, scheduled, ended, off; empty means any.
    pub state: String,
}
