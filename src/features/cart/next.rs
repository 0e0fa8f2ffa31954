//! What comes after submitting: the stages, by when the reviews are due, and why a special one is among them.

use countersign_domain::money::Money;
use countersign_domain::order::Priority;
use countersign_domain::workflow::{Stage, Workflow};
use leptos::prelude::*;

use crate::features::cart::model::way;
use crate::features::cart::state::CartState;
use crate::i18n::labels;
use crate::text;

/// A stage to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextStage {
    /// Which.
    pub stage: Stage,
    /// What is to be known about it.
    pub about: Option<About>,
}

/// What is to be known about a stage to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// This and the other reviews are done within so many hours after submitting.
    Within(u32),
    /// It is there because the order comes to so much or more.
    From(Money),
    /// It is there because something is made only once it is ordered.
    MadeToOrder,
}

/// What is to be known about each stage of `way`, for an order of this priority.
pub fn explained(way: &[Stage], workflow: &Workflow, priority: Priority) -> Vec<NextStage> {
    let hours = match priority {
        Priority::Normal => workflow.review_hours.normal,
        Priority::Special => workflow.review_hours.special,
        Priority::Urgent => workflow.review_hours.urgent,
    };
    let about = |stage: Stage| match stage {
        Stage::OrderReview => Some(About::Within(hours)),
        Stage::ExecutiveApproval => workflow.executive_threshold.map(About::From),
        Stage::Production => Some(About::MadeToOrder),
        _ => None,
    };
    way.iter()
        .map(|stage| NextStage {
            stage: *stage,
            about: about(*stage),
        })
        .collect()
}

/// The stages to come.
#[component]
pub fn Next(
    /// The cart.
    state: CartState,
) -> impl IntoView {
    let stages = move || {
        let workflow = state.workflow()?;
        let way = state.totals.with(|totals| way(&workflow, totals));
        let priority = state.cart.with(|kept| kept.draft.priority).unwrap_or_default();
        Some(explained(&way, &workflow, priority))
    };
    let words = move |about: About| match about {
        About::Within(hours) => text!(cart.next_within, hours = hours),
        About::From(amount) => text!(cart.next_from, amount = state.money(amount)),
        About::MadeToOrder => text!(cart.next_made),
    };
    let row = move |next: NextStage| {
        let about = next.about.map(|about| view! { <small>{words(about)}</small> });
        view! { <li>{labels::stage(next.stage)} " " {about}</li> }
    };
    view! {
        <h3>{move || text!(cart.next)}</h3>
        <ol class="cart-way">{move || stages().unwrap_or_default().into_iter().map(row).collect_view()}</ol>
    }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;
    use countersign_domain::order::Priority;
    use countersign_domain::workflow::{Stage, Workflow};

    use super::{About, explained};

    #[test]
    fn the_priority_says_by_when_and_the_threshold_says_why() {
        let workflow = Workflow {
            executive_threshold: Some(Money::new(50_000, 0)),
            ..Workflow::default()
        };
        let way = [Stage::OrderReview, Stage::ExecutiveApproval, Stage::FinanceReview];
        let about: Vec<_> = explained(&way, &workflow, Priority::Urgent)
            .into_iter()
            .map(|next| next.about)
            .collect();
        assert_eq!(
            about,
            [
                Some(About::Within(2)),
                Some(About::From(Money::new(50_000, 0))),
                None
            ]
        );
    }
}
