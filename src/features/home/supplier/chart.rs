//! The orders of the last days: bars to look at, a table to read.

use countersign_contract::home::DayFigure;
use leptos::prelude::*;

use crate::features::home::supplier::model::{Measure, best, heights, totals};
use crate::i18n::format;
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Align, Cell, Choice, Column, DataTable, Row, Segmented};

/// Width of a day in the chart's own units; the picture is stretched over the place there is.
const DAY: usize = 10;
/// Width of its bar.
const BAR: usize = 8;
const AMOUNT: &str = "amount";

/// The chart, what it says in a sentence, and the table behind it.
#[component]
pub fn DaysChart(
    /// The days, the first first, without gaps.
    days: Memo<Vec<DayFigure>>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let measure = RwSignal::new(Measure::default());
    let money = move |amount| format::money(amount, &session.currency());
    let summary = move || {
        let (orders, amount) = days.with(|days| totals(days));
        text!(home.supplier.days_total, orders = orders, amount = money(amount))
    };
    let most = move || {
        days.with(|days| {
            best(days, measure.get()).map(|day| {
                let value = match measure.get() {
                    Measure::Orders => text!(home.supplier.count, count = day.orders),
                    Measure::Amount => money(day.amount),
                };
                text!(
                    home.supplier.days_best,
                    date = format::date(day.date),
                    value = value
                )
            })
        })
    };
    let choices = || {
        vec![
            Choice::new("", text!(home.supplier.orders)),
            Choice::new(AMOUNT, text!(home.supplier.amount)),
        ]
    };
    let chosen = move || match measure.get() {
        Measure::Orders => String::new(),
        Measure::Amount => AMOUNT.to_owned(),
    };
    let choose = move |value: String| {
        measure.set(if value == AMOUNT {
            Measure::Amount
        } else {
            Measure::Orders
        });
    };
    let edge = move |find: fn(&[DayFigure]) -> Option<&DayFigure>| {
        days.with(|days| find(days).map(|day| format::date(day.date)))
    };
    let is_empty = move || days.with(|days| totals(days).0 == 0);
    view! {
        <Show
            when=move || !is_empty()
            fallback=|| view! { <p class="home-none">{move || text!(home.supplier.days_none)}</p> }
        >
            <figure class="days-chart">
                <figcaption>
                    <span>{summary} <small>{most}</small></span>
                    <Segmented
                        label=move || text!(home.supplier.measure)
                        options=Signal::derive(choices)
                        selected=Signal::derive(chosen)
                        on_select=choose
                    />
                </figcaption>
                <Bars days=days measure=measure />
                <p class="days-edges" aria-hidden="true">
                    <small>{move || edge(|days| days.first())}</small>
                    <small>{move || edge(|days| days.last())}</small>
                </p>
            </figure>
            <details class="days-table">
                <summary>{move || text!(home.supplier.as_table)}</summary>
                <DaysTable days=days />
            </details>
        </Show>
    }
}

/// The picture. Screen readers have the sentence above it and the table below.
#[component]
fn Bars(days: Memo<Vec<DayFigure>>, measure: RwSignal<Measure>) -> impl IntoView {
    let view_box = move || format!("0 0 {} 100", days.with(Vec::len) * DAY);
    let bars = move || {
        let heights = days.with(|days| heights(days, measure.get()));
        let last = heights.len().saturating_sub(1);
        let bar = |(day, height): (usize, u32)| {
            view! {
                <rect
                    x=(day * DAY + (DAY - BAR) / 2).to_string()
                    y=(100_u32.saturating_sub(height)).to_string()
                    width=BAR.to_string()
                    height=height.to_string()
                    data-today=(day == last).then_some("true")
                />
            }
        };
        heights.into_iter().enumerate().map(bar).collect_view()
    };
    view! {
        <svg class="days-bars" viewBox=view_box preserveAspectRatio="none" aria-hidden="true" focusable="false">
            {bars}
        </svg>
    }
}

#[component]
fn DaysTable(days: Memo<Vec<DayFigure>>) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let columns = || {
        vec![
            Column::words(text!(home.supplier.day)),
            Column::figures(text!(home.supplier.orders)),
            Column::figures(text!(home.supplier.amount)),
        ]
    };
    let rows = move || {
        let row = |day: DayFigure| {
            view! {
                <Row>
                    <Cell>{format::date(day.date)}</Cell>
                    <Cell label=move || text!(home.supplier.orders) align=Align::End>{day.orders}</Cell>
                    <Cell label=move || text!(home.supplier.amount) align=Align::End>
                        {format::money(day.amount, &session.currency())}
                    </Cell>
                </Row>
            }
            .into_any()
        };
        // The newest is what one looks for.
        days.get().into_iter().rev().map(row).collect_view()
    };
    view! {
        <DataTable caption=move || text!(home.supplier.days) columns=Signal::derive(columns)>{rows}</DataTable>
    }
}
