//! What the page of notices shows, as its address says it.

use countersign_domain::id::NoticeId;

/// What the page of notices shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoticesPlace {
    /// The contract's name of a category; empty means all.
    pub category: String,
    /// The open notice.
    pub open: Option<NoticeId>,
}

impl NoticesPlace {
    /// Reads it, field by field.
    pub(super) fn read(field: impl Fn(&str) -> String) -> Self {
        Self {
            category: field("category"),
            open: field("open").parse().ok(),
        }
    }

    /// Its fields by name; those that are empty are left out of the address.
    pub(super) fn fields(&self) -> [(&'static str, String); 2] {
        let open = self.open.map(|id| id.to_string());
        [
            ("category", self.category.clone()),
            ("open", open.unwrap_or_default()),
        ]
    }
}
