//! What the catalog shows, as plain data.

use countersign_contract::catalog::{Category, ProductQuery};
use countersign_domain::id::CategoryId;
use countersign_domain::money::Money;
use countersign_domain::price::{CustomerTerms, resolve};
use countersign_domain::quantity::Quantity;
use countersign_domain::text::LocalText;

use crate::route::CatalogFilter;

/// The question for what the catalog shows; which of it is for those who ask.
pub fn query(filter: &CatalogFilter) -> ProductQuery {
    let q = filter.q.trim();
    ProductQuery {
        q: (!q.is_empty()).then(|| q.to_owned()),
        category: filter.category,
        in_stock: filter.in_stock.then_some(true),
        favourite: filter.favourite.then_some(true),
        bought: filter.bought.then_some(true),
        promoted: filter.promoted.then_some(true),
        brand: some_of(&filter.brands),
        tag: some_of(&filter.tags),
        price_from: filter.price_from.parse().ok(),
        price_to: filter.price_to.parse().ok(),
        ..ProductQuery::default()
    }
}

fn some_of(keys: &[String]) -> Option<String> {
    (!keys.is_empty()).then(|| keys.join("|"))
}

/// `keys` with `key` among them, or without it.
pub fn chosen(keys: &[String], key: &str, is_chosen: bool) -> Vec<String> {
    let others = keys.iter().filter(|one| *one != key).cloned();
    others.chain(is_chosen.then(|| key.to_owned())).collect()
}

/// A category with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branch {
    /// The category.
    pub id: CategoryId,
    /// Its name.
    pub name: LocalText,
    /// Products in it and below it.
    pub products: u32,
    /// How deep it hangs; 0 at the top.
    pub depth: usize,
    /// The category it hangs from.
    parent: Option<CategoryId>,
}

/// All categories, each followed by those below it.
pub fn branches(categories: &[Category]) -> Vec<Branch> {
    let mut all = Vec::with_capacity(categories.len());
    collect(categories, None, 0, &mut all);
    all
}

fn collect(categories: &[Category], parent: Option<CategoryId>, depth: usize, into: &mut Vec<Branch>) {
    // A circle of categories hangs from nowhere, so that this ends whatever the server says.
    for category in categories.iter().filter(|category| category.parent_id == parent) {
        let Category {
            id, name, products, ..
        } = category.clone();
        into.push(Branch {
            id,
            name,
            products,
            depth,
            parent,
        });
        collect(categories, Some(id), depth + 1, into);
    }
}

/// The branches to show beside the list: the top, the way to the chosen one, and what is below each step of it.
pub fn opened(all: &[Branch], chosen: Option<CategoryId>) -> Vec<Branch> {
    let mut way = Vec::new();
    let mut next = chosen;
    while let Some(branch) = next.and_then(|id| all.iter().find(|branch| branch.id == id)) {
        way.push(branch.id);
        next = branch.parent;
    }
    let is_shown = |branch: &&Branch| branch.parent.is_none_or(|parent| way.contains(&parent));
    all.iter().filter(is_shown).cloned().collect()
}

/// The next quantity break that makes a unit cheaper than it is at `quantity`, with its price.
pub fn next_break(terms: &CustomerTerms, quantity: Quantity) -> Option<(Quantity, Money)> {
    let now = resolve(terms, quantity).unit;
    let steps = terms.breaks.iter().filter(|step| step.from > quantity);
    steps
        .map(|step| (step.from, resolve(terms, step.from).unit))
        .find(|(_, price)| *price < now)
}

/// The quantities from which a unit gets cheaper, with its price from there on.
pub fn breaks(terms: &CustomerTerms) -> Vec<(Quantity, Money)> {
    let first = next_break(terms, Quantity::ZERO);
    std::iter::successors(first, |(from, _)| next_break(terms, *from)).collect()
}

#[cfg(test)]
mod tests {
    use countersign_contract::catalog::Category;
    use countersign_domain::id::CategoryId;
    use countersign_domain::money::Money;
    use countersign_domain::price::{BreakEffect, CustomerTerms, QuantityBreak};
    use countersign_domain::quantity::Quantity;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{branches, breaks, next_break, opened, query};
    use crate::route::CatalogFilter;

    fn category(id: u128, parent: Option<u128>) -> Category {
        let id_of = |id| CategoryId(Uuid::from_u128(id));
        Category {
            id: id_of(id),
            parent_id: parent.map(id_of),
            name: LocalText::default(),
            products: 1,
        }
    }

    fn ids(branches: &[super::Branch]) -> Vec<u128> {
        branches.iter().map(|branch| branch.id.0.as_u128()).collect()
    }

    #[test]
    fn the_tree_opens_along_the_way_to_the_chosen_category() {
        let all = branches(&[
            category(3, Some(1)),
            category(1, None),
            category(2, None),
            category(4, Some(3)),
            category(5, Some(2)),
        ]);
        assert_eq!(ids(&all), [1, 3, 4, 2, 5]);
        assert_eq!(
            all.iter().map(|branch| branch.depth).collect::<Vec<_>>(),
            [0, 1, 2, 0, 1]
        );
        assert_eq!(ids(&opened(&all, None)), [1, 2]);
        assert_eq!(
            ids(&opened(&all, Some(CategoryId(Uuid::from_u128(3))))),
            [1, 3, 4, 2]
        );
    }

    #[test]
    fn a_circle_of_categories_is_left_out() {
        assert_eq!(
            ids(&branches(&[
                category(1, Some(2)),
                category(2, Some(1)),
                category(3, None)
            ])),
            [3]
        );
    }

    #[test]
    fn the_next_break_is_one_that_helps() {
        let step = |from, price| QuantityBreak {
            from: Quantity::whole(from),
            effect: BreakEffect::Price {
                price: Money::new(price, 2),
            },
        };
        let terms = CustomerTerms {
            list: Money::new(1_000, 2),
            level: Some(Money::new(900, 2)),
            agreed: None,
            breaks: vec![step(10, 950), step(50, 850)],
        };
        assert_eq!(
            next_break(&terms, Quantity::ONE),
            Some((Quantity::whole(50), Money::new(850, 2)))
        );
        assert_eq!(next_break(&terms, Quantity::whole(50)), None);
        assert_eq!(breaks(&terms), [(Quantity::whole(50), Money::new(850, 2))]);
    }

    #[test]
    fn what_is_not_chosen_is_not_asked_for() {
        let filter = CatalogFilter {
            q: "  ".to_owned(),
            bought: true,
            ..CatalogFilter::default()
        };
        let query = query(&filter);
        assert_eq!((query.q, query.favourite, query.bought), (None, None, Some(true)));
    }
}
