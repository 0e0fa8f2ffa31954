//! What the catalog shows, as its address says it.

use countersign_domain::id::CategoryId;

/// What separates several brands or tags, as in the contract.
const BETWEEN: char = '|';

/// What the catalog shows. The values are the contract's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CatalogFilter {
    /// Words searched for.
    pub q: String,
    /// The category.
    pub category: Option<CategoryId>,
    /// Only what is in stock.
    pub in_stock: bool,
    /// Only favourites.
    pub favourite: bool,
    /// Only what was bought before.
    pub bought: bool,
    /// Only what a promotion is about.
    pub promoted: bool,
    /// Keys of brands; empty means any.
    pub brands: Vec<String>,
    /// Keys of tags; empty means any.
    pub tags: Vec<String>,
    /// At least this price; empty means any.
    pub price_from: String,
    /// Less than this price.
    pub price_to: String,
    /// How the products are laid out.
    pub view: CatalogView,
}

/// How the products of the catalog are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CatalogView {
    /// One below the other, with all that is to be known of each.
    #[default]
    List,
    /// Side by side.
    Grid,
    /// As an order sheet: quantities are typed straight into its rows.
    Sheet,
}

impl CatalogView {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::List, Self::Grid, Self::Sheet];

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Grid => "grid",
            Self::Sheet => "sheet",
        }
    }

    /// The view of that name; the first where there is none.
    pub fn named(name: &str) -> Self {
        let found = Self::ALL.into_iter().find(|view| view.name() == name);
        found.unwrap_or_default()
    }
}

impl CatalogFilter {
    /// What is asked for, however it is laid out.
    #[must_use]
    pub fn asked(&self) -> Self {
        Self {
            view: CatalogView::default(),
            ..self.clone()
        }
    }

    /// How many choices beside words and category are made.
    pub fn choices(&self) -> usize {
        let is_priced = !self.price_from.is_empty() || !self.price_to.is_empty();
        let flags = [
            self.in_stock,
            self.favourite,
            self.bought,
            self.promoted,
            is_priced,
        ];
        self.brands.len() + self.tags.len() + flags.into_iter().filter(|is_chosen| *is_chosen).count()
    }

    /// The same words and category without any choice.
    #[must_use]
    pub fn without_choices(&self) -> Self {
        Self {
            q: self.q.clone(),
            category: self.category,
            view: self.view,
            ..Self::default()
        }
    }

    pub(super) fn read(field: impl Fn(&str) -> String) -> Self {
        let list = |name: &str| {
            let text = field(name);
            let keys = text.split(BETWEEN).filter(|key| !key.is_empty());
            keys.map(str::to_owned).collect()
        };
        let flag = |name: &str| field(name) == "true";
        Self {
            q: field("q"),
            category: field("category").parse().ok(),
            in_stock: flag("in_stock"),
            favourite: flag("favourite"),
            bought: flag("bought"),
            promoted: flag("promoted"),
            brands: list("brand"),
            tags: list("tag"),
            price_from: field("price_from"),
            price_to: field("price_to"),
            view: CatalogView::named(&field("view")),
        }
    }

    pub(super) fn fields(&self) -> [(&'static str, String); 11] {
        let list = |keys: &[String]| keys.join(&BETWEEN.to_string());
        let flag = |is_chosen: bool| if is_chosen { "true" } else { "" }.to_owned();
        let view = match self.view {
            CatalogView::List => "",
            other => other.name(),
        };
        [
            ("q", self.q.clone()),
            (
                "category",
                self.category.map(|id| id.to_string()).unwrap_or_default(),
            ),
            ("in_stock", flag(self.in_stock)),
            ("favourite", flag(self.favourite)),
            ("bought", flag(self.bought)),
            ("promoted", flag(self.promoted)),
            ("brand", list(&self.brands)),
            ("tag", list(&self.tags)),
            ("price_from", self.price_from.clone()),
            ("price_to", self.price_to.clone()),
            ("view", view.to_owned()),
        ]
    }
}
