//! What the customer says of a completed order: asked once, shown to both sides.

use countersign_contract::rating::RateOrder;
use countersign_domain::rating::{MAX_COMMENT, MOST_STARS, NewRating, Rating, can_rate};
use leptos::prelude::*;

use crate::i18n::format;
use crate::order_view::{ChangeError, OrderDesk};
use crate::text;
use crate::ui::{Button, Card, Choice, Icon, IconName, RadioGroup, TextArea, Variant};

/// What there is to show.
#[derive(Clone, PartialEq)]
enum Shown {
    Nothing,
    Asked,
    Said(Rating),
}

/// The rating of the open order, or the question for it where this person may answer it.
#[component]
pub(super) fn OrderRating(desk: OrderDesk) -> impl IntoView {
    let shown = Memo::new(move |_| match (desk.who.get(), desk.detail.get()) {
        (Some(who), Some(detail)) => match &detail.rating {
            Some(rating) => Shown::Said(rating.clone()),
            None if can_rate(&who.actor, &detail.order, None).is_ok() => Shown::Asked,
            None => Shown::Nothing,
        },
        _ => Shown::Nothing,
    });
    move || match shown.get() {
        Shown::Nothing => ().into_any(),
        Shown::Asked => view! {
            <Card title=move || text!(talk.rating.title)>
                <AskRating desk=desk />
            </Card>
        }
        .into_any(),
        Shown::Said(rating) => view! {
            <Card title=move || text!(talk.rating.title)>
                <SaidRating rating=rating />
            </Card>
        }
        .into_any(),
    }
}

#[component]
fn SaidRating(rating: Rating) -> impl IntoView {
    let Rating {
        stars, comment, at, ..
    } = rating;
    let star = |place: u8| {
        view! { <span class="rating-star" data-on=(place <= stars).then_some("true")><Icon name=IconName::Star /></span> }
    };
    view! {
        <p class="rating">
            {(1..=MOST_STARS).map(star).collect_view()}
            " "
            <b>{move || text!(talk.rating.stars, stars = stars)}</b>
            " "
            <time datetime=at.to_rfc3339()>{move || format::moment(at)}</time>
        </p>
        {(!comment.is_empty()).then(|| view! { <blockquote>{comment}</blockquote> })}
    }
}

#[component]
fn AskRating(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<RateOrder>();
    let selected = RwSignal::new(String::new());
    let comment = RwSignal::new(String::new());
    let is_missing = RwSignal::new(false);
    let is_long = move || comment.with(|comment| comment.trim().chars().count() > MAX_COMMENT);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let stars = selected.with_untracked(|chosen| chosen.parse::<u8>().ok());
        is_missing.set(stars.is_none());
        if let (Some(stars), false) = (stars, untrack(is_long)) {
            let comment = comment.with_untracked(|comment| comment.trim().to_owned());
            desk.send(pending, NewRating { stars, comment });
        }
    };
    let options = || {
        vec![
            Choice::new("5", text!(talk.rating.five)),
            Choice::new("4", text!(talk.rating.four)),
            Choice::new("3", text!(talk.rating.three)),
            Choice::new("2", text!(talk.rating.two)),
            Choice::new("1", text!(talk.rating.one)),
        ]
    };
    let too_long = Signal::derive(move || is_long().then(|| text!(talk.rating.too_long, most = MAX_COMMENT)));
    view! {
        <form class="rating-form" novalidate on:submit=submit>
            <RadioGroup
                label=move || text!(talk.rating.ask)
                options=Signal::derive(options)
                selected=selected
                on_select=move |chosen: String| selected.set(chosen)
            />
            <TextArea label=move || text!(talk.rating.comment) value=comment rows=2 error=too_long />
            <p class="form-error" role="alert">
                {move || is_missing.get().then(|| text!(talk.rating.missing))}
            </p>
            <ChangeError desk=desk error=pending.error />
            <p class="rating-lead">
                <Button
                    label=move || text!(talk.rating.send)
                    variant=Variant::Secondary
                    submit=true
                    busy=pending.busy
                />
                <small>{move || text!(talk.rating.lead)}</small>
            </p>
        </form>
    }
}
