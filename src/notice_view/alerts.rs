//! Alerts in a list, each a way to what it is about.

use std::sync::Arc;

use countersign_contract::alert::{AlertedOrder, Alerts, LowStock};
use countersign_domain::alert::OrderAlert;
use countersign_domain::money::Currency;
use leptos::prelude::*;

use crate::i18n::{alerts as words, local};
use crate::route::{NoticesPlace, OrdersFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Icon, IconName};

/// Alerts, or that there are none.
#[component]
pub fn AlertList(
    /// The alerts.
    alerts: Memo<Option<Arc<Alerts>>>,
    /// Whether overdue reviews are among them; the supplier's home page has a card of its own for those.
    #[prop(default = true)]
    with_reviews: bool,
    /// So many of them, with the way to the rest; all of them without a number.
    #[prop(optional)]
    most: Option<usize>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let names_customer = untrack(|| !session.is_distributor());
    let rows = move || -> Vec<AnyView> {
        let currency = session.currency();
        let Some(alerts) = alerts.get() else {
            return Vec::new();
        };
        let orders = alerts.orders.iter().filter(|one| with_reviews || !is_review(one));
        let orders = orders.map(|one| order_row(one, names_customer, &currency));
        let all = orders.chain(alerts.stock.iter().map(stock_row));
        all.take(most.unwrap_or(usize::MAX)).collect()
    };
    let count = Memo::new(move |_| {
        alerts.with(|alerts| {
            alerts
                .as_deref()
                .map_or(0, |alerts| count_of(alerts, with_reviews))
        })
    });
    let is_cut = Memo::new(move |_| most.is_some_and(|most| count.get() > most));
    let has_more = move || {
        let has_more = alerts.with(|alerts| alerts.as_deref().is_some_and(|alerts| alerts.has_more));
        has_more && !is_cut.get()
    };
    view! {
        <Show
            when=move || { count.get() > 0 }
            fallback=|| view! { <p class="home-none">{move || text!(alerts.none)}</p> }
        >
            <ul class="alerts">{rows}</ul>
        </Show>
        <Show when=move || is_cut.get()>
            <p class="alerts-more">
                <a href=Route::Notices(NoticesPlace::default()).to_path()>
                    {move || text!(alerts.all, count = count.get())}
                </a>
            </p>
        </Show>
        <Show when=has_more>
            <p class="alerts-more">{move || text!(alerts.more)}</p>
        </Show>
    }
}

/// How many there are.
pub fn count_of(alerts: &Alerts, with_reviews: bool) -> usize {
    let orders = alerts.orders.iter();
    let orders = orders.filter(|one| with_reviews || !is_review(one)).count();
    orders.saturating_add(alerts.stock.len())
}

fn is_review(one: &AlertedOrder) -> bool {
    matches!(one.alert, OrderAlert::ReviewOverdue { .. })
}

fn order_row(one: &AlertedOrder, names_customer: bool, currency: &Currency) -> AnyView {
    let subject = if names_customer {
        [one.number.clone(), local(&one.customer.name)].join(" · ")
    } else {
        one.number.clone()
    };
    row(
        &Route::Order(one.order_id),
        subject,
        words::of_order(&one.alert, currency),
    )
}

/// Staff have no page of a product yet: the way leads to the orders that want it.
fn stock_row(stock: &LowStock) -> AnyView {
    let orders = Route::Orders(OrdersFilter {
        q: stock.sku.clone(),
        ..OrdersFilter::default()
    });
    let subject = [stock.sku.clone(), local(&stock.name)].join(" · ");
    row(&orders, subject, words::of_stock(stock))
}

fn row(way: &Route, subject: String, matter: String) -> AnyView {
    view! {
        <li>
            <Icon name=IconName::Warning />
            <a href=way.to_path()>{subject}</a>
            <span>{matter}</span>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use countersign_contract::account::CustomerRef;
    use countersign_domain::id::{CustomerId, OrderId};
    use countersign_domain::text::LocalText;
    use countersign_domain::workflow::Stage;
    use uuid::Uuid;

    use super::*;

    fn order(alert: OrderAlert) -> Alerts {
        let customer = CustomerRef {
            id: CustomerId(Uuid::from_u128(1)),
            code: "C001".to_owned(),
            name: LocalText::default(),
        };
        Alerts {
            orders: vec![AlertedOrder {
                order_id: OrderId(Uuid::from_u128(2)),
                number: "DH-O-1".to_owned(),
                customer,
                alert,
            }],
            ..Alerts::default()
        }
    }

    #[test]
    fn overdue_reviews_count_where_they_are_shown() {
        let at = DateTime::UNIX_EPOCH;
        let review = order(OrderAlert::ReviewOverdue {
            stage: Stage::OrderReview,
            due_at: at,
        });
        assert_eq!((count_of(&review, true), count_of(&review, false)), (1, 0));
        let silent = order(OrderAlert::ShipmentSilent {
            position: 1,
            shipped_at: at,
        });
        assert_eq!(count_of(&silent, false), 1);
        assert_eq!(count_of(&Alerts::default(), true), 0);
    }
}
