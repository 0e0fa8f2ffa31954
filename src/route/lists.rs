//! What the page of lists shows, as its address says it.

/// What the page of lists shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListsPart {
    /// The saved lists.
    #[default]
    Saved,
    /// The favourites.
    Favourites,
    /// What is usually bought.
    Usual,
}

impl ListsPart {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Saved, Self::Favourites, Self::Usual];

    /// How it stands in the address; the first not at all.
    pub fn name(self) -> &'static str {
        match self {
            Self::Saved => "",
            Self::Favourites => "favourites",
            Self::Usual => "usual",
        }
    }

    /// The part that is called so; the first where none is.
    pub fn named(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|part| part.name() == name);
        found.unwrap_or_default()
    }
}
