//! The list of promotions: its address says what it shows.

use std::sync::Arc;

use countersign_contract::endpoint::NoQuery;
use countersign_contract::promotion::{KeptPromotion, ListManagedPromotions};
use countersign_contract::promotion_desk::{GetPromotionDesk, PromotionDesk};
use countersign_domain::permission::Permission;
use countersign_domain::policy::DenyReason;
use leptos::prelude::*;

use crate::api::{ApiError, now};
use crate::features::promotions::clock::Clock;
use crate::features::promotions::model::{Standing, count, shown};
use crate::features::promotions::words;
use crate::i18n::{local, problems, promises, reasons};
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::route::{PromotionsFilter, Route, use_navigator, use_route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{
    Badge, Choice, EmptyState, ErrorState, IconName, PageHeader, SearchBox, SelectField, Skeleton,
};

/// What the pages say to whoever may not manage promotions.
pub const DENIED: DenyReason = DenyReason::NeedsPermission {
    permission: Permission::PromotionManage,
};

/// Whether whoever is signed in manages promotions. Tracks it.
pub fn may_manage(session: SessionContext) -> bool {
    session
        .current()
        .is_some_and(|who| who.actor.holds(Permission::PromotionManage))
}

fn new_path() -> String {
    Route::NewPromotion { copy: None }.to_path()
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    NotAllowed,
    Skeleton,
    Error(ApiError),
    List,
}

/// All promotions, searched and by how they stand.
#[component]
pub fn PromotionsPage() -> impl IntoView {
    use_title(|| text!(promotion_desk.title));
    let session = expect_context::<SessionContext>();
    let may = Memo::new(move |_| may_manage(session));
    let here = use_route();
    // On the way to another page the address is no list's any more: then what was shown stays.
    let filter = Memo::new(move |before: Option<&PromotionsFilter>| match here.get() {
        Route::Promotions(filter) => filter,
        _ => before.cloned().unwrap_or_default(),
    });
    let all = queries::read::<ListManagedPromotions>(move || may.get().then_some(((), NoQuery {})));
    let desk = queries::read::<GetPromotionDesk>(move || may.get().then_some(((), NoQuery {})));
    let face = Memo::new(move |_| match (all.state.get(), desk.state.get()) {
        _ if !may.get() => Face::NotAllowed,
        (Remote::Failed(error), _) | (_, Remote::Failed(error)) => Face::Error(error),
        (Remote::Ready(_), Remote::Ready(_)) => Face::List,
        _ => Face::Skeleton,
    });
    let kept = Memo::new(move |_| all.state.with(|state| state.ready().cloned()));
    let desk_now = Memo::new(move |_| desk.state.with(|state| state.ready().cloned()));
    let body = move || match face.get() {
        Face::NotAllowed => {
            view! { <EmptyState title=move || reasons::deny(&DENIED) icon=IconName::Tag /> }.into_any()
        }
        Face::Skeleton => {
            view! { <Skeleton label=move || text!(promotion_desk.loading) lines=8 /> }.into_any()
        }
        Face::Error(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(promotion_desk.retry)
                on_retry=move |()| {
                    all.retry();
                    desk.retry();
                }
            />
        }
        .into_any(),
        Face::List => view! { <List kept=kept desk=desk_now filter=filter /> }.into_any(),
    };
    view! {
        <PageHeader title=move || text!(promotion_desk.title) lead=move || text!(promotion_desk.lead)>
            <Show when=move || may.get()>
                <a class="button" data-variant="primary" href=new_path()>
                    {move || text!(promotion_desk.make)}
                </a>
            </Show>
        </PageHeader>
        {body}
    }
}

#[component]
fn List(
    kept: Memo<Option<Arc<Vec<KeptPromotion>>>>,
    desk: Memo<Option<Arc<PromotionDesk>>>,
    filter: Memo<PromotionsFilter>,
) -> impl IntoView {
    let navigator = use_navigator();
    let change = move |edit: Box<dyn FnOnce(&mut PromotionsFilter)>| {
        let mut next = filter.get_untracked();
        edit(&mut next);
        if next != filter.get_untracked() {
            navigator.replace(&Route::Promotions(next));
        }
    };
    let states = move || {
        let all = kept.get().unwrap_or_default();
        let each = |standing: Standing| {
            let label = text!(
                promotion_desk.counted,
                what = words::standing(standing),
                count = count(&all, standing, now())
            );
            Choice::new(standing.name(), label)
        };
        let mut choices = vec![Choice::new("", text!(promotion_desk.any))];
        choices.extend(Standing::ALL.map(each));
        choices
    };
    let rows = Memo::new(move |_| {
        let all = kept.get().unwrap_or_default();
        filter.with(|filter| shown(&all, filter, now()))
    });
    let nothing = move || {
        let is_new = kept.with(|kept| kept.as_ref().is_none_or(|kept| kept.is_empty()));
        if is_new {
            (
                text!(promotion_desk.none_yet),
                text!(promotion_desk.none_yet_hint),
            )
        } else {
            (
                text!(promotion_desk.none_found),
                text!(promotion_desk.none_found_hint),
            )
        }
    };
    let row = move |(kept, standing): (KeptPromotion, Standing)| {
        view! { <PromotionRow kept=kept standing=standing desk=desk /> }.into_any()
    };
    view! {
        <div class="order-filters">
            <SearchBox
                label=move || text!(promotion_desk.search)
                value=Signal::derive(move || filter.with(|filter| filter.q.clone()))
                on_search=move |q: String| change(Box::new(move |filter| filter.q = q))
            />
            <SelectField
                label=move || text!(promotion_desk.state)
                options=Signal::derive(states)
                selected=Signal::derive(move || filter.with(|filter| filter.state.clone()))
                on_select=move |state: String| change(Box::new(move |filter| filter.state = state))
            />
        </div>
        <ul class="order-list" aria-label=move || text!(promotion_desk.title)>
            // A promotion that changed or began is another row.
            <For
                each=move || rows.get()
                key=|(kept, standing)| (kept.promotion.id, kept.version, standing.name())
                children=row
            />
        </ul>
        <Show when=move || rows.with(Vec::is_empty)>
            <EmptyState title=move || nothing().0 hint=move || nothing().1 icon=IconName::Tag />
        </Show>
    }
}

#[component]
fn PromotionRow(
    kept: KeptPromotion,
    standing: Standing,
    desk: Memo<Option<Arc<PromotionDesk>>>,
) -> impl IntoView {
    let session = expect_context::<SessionContext>();
    let href = Route::Promotion(kept.promotion.id).to_path();
    let promotion = StoredValue::new(kept.promotion);
    let promise =
        move || promotion.with_value(|promotion| promises::promise(&promotion.rule, &session.currency()));
    let about = move || {
        desk.with(|desk| {
            let desk = desk.as_deref()?;
            let clock = Clock::of(desk.offset_minutes);
            promotion.with_value(|promotion| {
                let whom = words::audience(&promotion.audience, &desk.levels);
                Some(format!("{whom} · {}", words::period(promotion, clock)))
            })
        })
    };
    view! {
        <li>
            <a class="order-row promo-row" href=href>
                <span class="order-row-name">{move || promotion.with_value(|promotion| local(&promotion.name))}</span>
                <span class="promo-row-promise">{promise}</span>
                <small class="order-row-lead">{about}</small>
                <span class="order-row-state">
                    <Badge text=move || words::standing(standing) tone=words::tone(standing) />
                </span>
            </a>
        </li>
    }
}
