//! The plan of production: its address says into what it is divided.

use std::sync::Arc;

use chrono::Datelike;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::plan::{GetProductionPlan, PlannedOrder, ProductionPlan};
use countersign_domain::plan::{Span, Standing};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::plan::card::PlanCard;
use crate::features::plan::model::{Part, count, part, parts};
use crate::i18n::{format, problems};
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::{Route, Supply, span_name, span_named, use_navigator, use_route};
use crate::text;
use crate::ui::{Choice, EmptyState, ErrorState, IconName, PageHeader, Segmented, Skeleton};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Loading,
    Failed(ApiError),
    Empty,
    Plan,
}

/// What is to be made, by when, and how far it is.
#[component]
pub fn PlanPage() -> impl IntoView {
    use_title(|| text!(plan.title));
    let here = use_route();
    let navigator = use_navigator();
    // On the way to another page the address is no plan's any more: then what was shown stays.
    let span = Memo::new(move |before: Option<&Span>| match here.get() {
        Route::Supply(Supply::ProductionPlan(span)) => span,
        _ => before.copied().unwrap_or_default(),
    });
    let read = queries::read::<GetProductionPlan>(|| Some(((), NoQuery {})));
    let plan = Memo::new(move |_| read.state.with(|state| state.ready().cloned()));
    let face = Memo::new(move |_| {
        read.state.with(|state| match state {
            Remote::Loading => Face::Loading,
            Remote::Failed(error) => Face::Failed(error.clone()),
            Remote::Ready(plan) if plan.orders.is_empty() => Face::Empty,
            Remote::Ready(_) => Face::Plan,
        })
    });
    let body = move || {
        match face.get() {
        Face::Loading => view! { <Skeleton label=move || text!(plan.loading) lines=8 /> }.into_any(),
        Face::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(plan.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        Face::Empty => view! {
            <EmptyState title=move || text!(plan.empty) hint=move || text!(plan.empty_hint) icon=IconName::Check />
        }
        .into_any(),
        Face::Plan => view! { <Parts plan=plan span=span /> }.into_any(),
    }
    };
    let spans = || {
        Span::ALL
            .map(|span| Choice::new(span_name(span), span_words(span)))
            .to_vec()
    };
    view! {
        <PageHeader title=move || text!(plan.title) lead=move || text!(plan.lead)>
            <Segmented
                label=move || text!(plan.by)
                options=Signal::derive(spans)
                selected=Signal::derive(move || span_name(span.get()).to_owned())
                on_select=move |name: String| {
                    navigator.replace(&Route::Supply(Supply::ProductionPlan(span_named(&name))));
                }
            />
        </PageHeader>
        {body}
    }
}

fn span_words(span: Span) -> String {
    match span {
        Span::Day => text!(plan.day),
        Span::Week => text!(plan.week),
        Span::Quarter => text!(plan.quarter),
    }
}

#[component]
fn Parts(plan: Memo<Option<Arc<ProductionPlan>>>, span: Memo<Span>) -> impl IntoView {
    let orders = move || {
        plan.with(|plan| {
            plan.as_deref()
                .map(|plan| plan.orders.clone())
                .unwrap_or_default()
        })
    };
    let summary = move || {
        let orders = orders();
        text!(
            plan.summary,
            count = orders.len(),
            late = count(&orders, Standing::Late),
            risk = count(&orders, Standing::AtRisk)
        )
    };
    let each = move || {
        let span = span.get();
        let of_plan = plan.with(|plan| plan.as_deref().map(|plan| parts(&plan.orders, span)));
        of_plan
            .unwrap_or_default()
            .into_iter()
            .map(|part| (span, part))
            .collect::<Vec<_>>()
    };
    let section = move |(span, own): (Span, Part)| {
        let own_orders = move || {
            let mut orders = orders();
            orders.retain(|order| part(order, span) == own);
            orders
        };
        let card = |order: PlannedOrder| view! { <PlanCard order=order /> }.into_any();
        view! {
            <section class="plan-part">
                <h2>{move || part_words(span, own)}</h2>
                <ul class="plan-orders">
                    // An order of which more is finished is another card: its version tells.
                    <For each=own_orders key=|order| (order.id, order.version) children=card />
                </ul>
            </section>
        }
        .into_any()
    };
    view! {
        <p class="plan-summary" role="status">{summary}</p>
        <For each=each key=|part| *part children=section />
    }
}

/// What a part of the plan is called.
fn part_words(span: Span, part: Part) -> String {
    let Some(first) = part else {
        return text!(plan.no_day);
    };
    match span {
        Span::Day => format::date(first),
        Span::Week => text!(plan.week_from, date = format::date(first)),
        Span::Quarter => text!(
            plan.quarter_of,
            quarter = first.month0() / 3 + 1,
            year = first.year()
        ),
    }
}
