//! What the customer is promised at the moment, on the home page.

use countersign_domain::promotion::{CustomerPromotion, PromotionRule};
use leptos::prelude::*;

use crate::api::now;
use crate::goods_view::AddBundle;
use crate::i18n::{format, local, promises};
use crate::queries::promotions::{Promotions, moment};
use crate::route::{CatalogFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::Card;

/// The promotions that hold; nothing where there are none.
#[component]
pub fn PromotionsCard() -> impl IntoView {
    let promotions = Promotions::read();
    let held = Memo::new(move |_| {
        let known = promotions.known()?;
        let at = moment(known.at, now());
        let held = known.promotions.iter().filter(|one| one.holds_at(at));
        Some(soonest_first(held.cloned().collect()))
    });
    let row = move |promotion: CustomerPromotion| {
        view! { <PromotionRow promotion=promotion promotions=promotions /> }.into_any()
    };
    let is_empty = move || held.with(|held| held.as_ref().is_none_or(Vec::is_empty));
    view! {
        <Show when=move || !is_empty()>
            <Card title=move || text!(home.distributor.promotions)>
                <ul class="home-promotions">
                    <For
                        each=move || held.get().unwrap_or_default()
                        key=|one| (one.id, one.until, one.name.zh.clone())
                        children=row
                    />
                </ul>
            </Card>
        </Show>
    }
}

#[component]
fn PromotionRow(promotion: CustomerPromotion, promotions: Promotions) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let href = goods_of(&promotion.rule).map(|route| route.to_path());
    let until = promotion.until;
    let bundle = match &promotion.rule {
        PromotionRule::Bundle { components, .. } => {
            let components = components.clone();
            let items = move |()| promotions.items(&components);
            Some(view! { <AddBundle name=promotion.name.clone() items=items /> })
        }
        _ => None,
    };
    let promotion = StoredValue::new(promotion);
    let name = move || promotion.with_value(|one| local(&one.name));
    let named = match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { <b>{name}</b> }.into_any(),
    };
    let promise = move || {
        let named = |variant| promotions.named(variant);
        promotion.with_value(|one| promises::promise_named(&one.rule, &session.currency(), named))
    };
    let ends = move || until.map(|at| text!(home.distributor.promotion_until, when = format::moment(at)));
    view! {
        <li>
            {named}
            <small>{promise}</small>
            <small>{ends}</small>
            {bundle}
        </li>
    }
}

/// The promotions with an end, the next to end first, and then the others.
fn soonest_first(mut promotions: Vec<CustomerPromotion>) -> Vec<CustomerPromotion> {
    promotions.sort_by_key(|one| (one.until.is_none(), one.until, one.id));
    promotions
}

/// Where the goods of a promotion are, if they are in one place.
fn goods_of(rule: &PromotionRule) -> Option<Route> {
    let PromotionRule::Line { goods, .. } = rule else {
        return None;
    };
    match (
        goods.categories.as_slice(),
        goods.products.as_slice(),
        goods.variants.is_empty(),
    ) {
        ([category], [], true) => Some(Route::Catalog(CatalogFilter {
            category: Some(*category),
            ..CatalogFilter::default()
        })),
        ([], [product], true) => Some(Route::Product(*product)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use countersign_domain::id::{CategoryId, PromotionId};
    use countersign_domain::money::Money;
    use countersign_domain::promotion::{CustomerPromotion, Goods, LineEffect, PromotionRule};
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::{goods_of, soonest_first};

    fn rule(categories: usize) -> PromotionRule {
        PromotionRule::Line {
            goods: Goods {
                categories: vec![CategoryId(Uuid::nil()); categories],
                ..Goods::default()
            },
            effect: LineEffect::Cut {
                amount: Money::new(1, 0),
            },
            stacks_with_breaks: false,
        }
    }

    #[test]
    fn what_ends_next_is_read_first() {
        let one = |id: u128, days: Option<i64>| CustomerPromotion {
            id: PromotionId(Uuid::from_u128(id)),
            name: LocalText::default(),
            from: DateTime::UNIX_EPOCH,
            until: days.map(|days| DateTime::UNIX_EPOCH + TimeDelta::days(days)),
            rule: rule(1),
        };
        let sorted = soonest_first(vec![one(1, None), one(2, Some(9)), one(3, Some(2))]);
        let ids: Vec<u128> = sorted.iter().map(|one| one.id.0.as_u128()).collect();
        assert_eq!(ids, [3, 2, 1]);
    }

    #[test]
    fn a_link_leads_to_goods_that_are_in_one_place() {
        assert!(goods_of(&rule(1)).is_some());
        assert!(goods_of(&rule(2)).is_none());
    }
}
