//! A promotion: made, changed, copied, switched on and off, and tried on a sample cart beside its form.

use std::sync::Arc;

use countersign_contract::ProblemKind;
use countersign_contract::buying::ForCustomer;
use countersign_contract::catalog::{Category, ListCategories};
use countersign_contract::endpoint::NoQuery;
use countersign_contract::promotion::{GetManagedPromotion, KeptPromotion};
use countersign_contract::promotion_desk::{
    GetPromotionDesk, GetPromotionNames, PromotionDesk, PromotionNames,
};
use countersign_domain::id::PromotionId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::{ApiError, now};
use crate::features::promotions::clock::Clock;
use crate::features::promotions::editor::Editor;
use crate::features::promotions::form::Form;
use crate::features::promotions::page::{DENIED, may_manage};
use crate::i18n::{local, problems, reasons};
use crate::layout::use_title;
use crate::queries::{self, Read, Remote};
use crate::route::{PromotionsFilter, Route};
use crate::session::SessionContext;
use crate::text;
use crate::ui::{Crumb, EmptyState, ErrorState, IconName, PageHeader, Skeleton};

/// What the form needs before it can begin.
#[derive(Clone, Copy)]
struct Needed {
    may: Memo<bool>,
    /// Whose content the form begins with; nothing for a new one.
    source: Option<PromotionId>,
    desk: Read<PromotionDesk>,
    categories: Read<Vec<Category>>,
    kept: Read<KeptPromotion>,
    names: Read<PromotionNames>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    NotAllowed,
    Skeleton,
    Gone,
    Error(ApiError),
    Form,
}

impl Needed {
    fn read(source: Option<PromotionId>) -> Self {
        let session = expect_context::<SessionContext>();
        let may = Memo::new(move |_| may_manage(session));
        let of_source = move || Some((source.filter(|_| may.get())?, NoQuery {}));
        Self {
            may,
            source,
            desk: queries::read::<GetPromotionDesk>(move || may.get().then_some(((), NoQuery {}))),
            categories: queries::read::<ListCategories>(move || {
                may.get().then_some(((), ForCustomer::default()))
            }),
            kept: queries::read::<GetManagedPromotion>(of_source),
            names: queries::read::<GetPromotionNames>(of_source),
        }
    }

    fn face(self) -> Memo<Face> {
        Memo::new(move |before: Option<&Face>| {
            if !self.may.get() {
                return Face::NotAllowed;
            }
            // What was typed must not go away because something could not be read again.
            if before == Some(&Face::Form) {
                return Face::Form;
            }
            let mut states = vec![state_of(self.desk), state_of(self.categories)];
            if self.source.is_some() {
                states.extend([state_of(self.kept), state_of(self.names)]);
            }
            let failed = states
                .iter()
                .find_map(|state| state.as_ref().err().cloned().flatten());
            match failed {
                Some(error) if matches!(error.kind(), Some(ProblemKind::NotFound)) => Face::Gone,
                Some(error) => Face::Error(error),
                None if states.iter().all(Result::is_ok) => Face::Form,
                None => Face::Skeleton,
            }
        })
    }

    fn retry(self) {
        self.desk.retry();
        self.categories.retry();
        self.kept.retry();
        self.names.retry();
    }

    /// The face of the page, where it is no form.
    fn waiting(self, face: Face) -> AnyView {
        match face {
            Face::NotAllowed => {
                view! { <EmptyState title=move || reasons::deny(&DENIED) icon=IconName::Tag /> }.into_any()
            }
            Face::Gone => view! {
                <EmptyState
                    title=move || text!(promotion_desk.gone)
                    hint=move || text!(promotion_desk.gone_hint)
                    icon=IconName::Tag
                >
                    <a class="button" data-variant="primary" href=list_path()>{move || text!(promotion_desk.to_list)}</a>
                </EmptyState>
            }
            .into_any(),
            Face::Error(error) => view! {
                <ErrorState
                    message=Signal::derive(move || problems::words(&error))
                    retry_label=move || text!(promotion_desk.retry)
                    on_retry=move |()| self.retry()
                />
            }
            .into_any(),
            Face::Skeleton | Face::Form => {
                view! { <Skeleton label=move || text!(promotion_desk.loading) lines=10 /> }.into_any()
            }
        }
    }
}

/// Whether a read has come, is on its way, or failed.
fn state_of<T: Send + Sync + 'static>(read: Read<T>) -> Result<(), Option<ApiError>> {
    read.state.with(|state| match state {
        Remote::Ready(_) => Ok(()),
        Remote::Loading => Err(None),
        Remote::Failed(error) => Err(Some(error.clone())),
    })
}

fn list_path() -> String {
    Route::Promotions(PromotionsFilter::default()).to_path()
}

fn copy_path(id: PromotionId) -> String {
    Route::NewPromotion { copy: Some(id) }.to_path()
}

fn crumbs() -> Vec<Crumb> {
    vec![Crumb {
        label: text!(promotion_desk.title),
        href: list_path(),
    }]
}

/// What there is now, or was before it could not be read again.
fn latest<T: PartialEq + Send + Sync + 'static>(read: Read<T>) -> Memo<Option<Arc<T>>> {
    Memo::new(move |before: Option<&Option<Arc<T>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    })
}

/// A promotion that is kept.
#[component]
pub fn PromotionPage(
    /// Which.
    id: PromotionId,
) -> impl IntoView {
    let needed = Needed::read(Some(id));
    let face = needed.face();
    let kept = latest(needed.kept);
    let title = move || {
        let name = kept.with(|kept| kept.as_ref().map(|kept| local(&kept.promotion.name)));
        name.unwrap_or_else(|| text!(promotion_desk.one))
    };
    use_title(title);
    // Another number is another form: what is kept, in place of what was typed.
    let generation = RwSignal::new(0_u32);
    let body = move || {
        generation.track();
        match face.get() {
            Face::Form => open(needed, id, Some(kept), generation),
            face => needed.waiting(face),
        }
    };
    view! {
        <PageHeader
            title=title
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(promotion_desk.to_list)
        >
            <Show when=move || face.get() == Face::Form>
                <a class="button" data-variant="secondary" href=copy_path(id)>
                    {move || text!(promotion_desk.copy)}
                </a>
            </Show>
        </PageHeader>
        {body}
    }
}

/// A promotion that is not kept yet: empty, or with the content of another.
#[component]
pub fn NewPromotionPage(
    /// The other.
    copy: Option<PromotionId>,
) -> impl IntoView {
    let needed = Needed::read(copy);
    let face = needed.face();
    use_title(|| text!(promotion_desk.make));
    // A repeat after a lost reply is the same promotion, not a second one.
    let id = PromotionId(Uuid::new_v4());
    let generation = RwSignal::new(0_u32);
    let body = move || match face.get() {
        Face::Form => open(needed, id, None, generation),
        face => needed.waiting(face),
    };
    view! {
        <PageHeader
            title=move || text!(promotion_desk.make)
            crumbs=Signal::derive(crumbs)
            crumbs_label=move || text!(promotion_desk.to_list)
        />
        {body}
    }
}

/// The form, started from what is there now.
fn open(
    needed: Needed,
    id: PromotionId,
    kept: Option<Memo<Option<Arc<KeptPromotion>>>>,
    generation: RwSignal<u32>,
) -> AnyView {
    let desk = needed.desk.state.with_untracked(|state| state.ready().cloned());
    let source = needed.kept.state.with_untracked(|state| state.ready().cloned());
    let names = needed.names.state.with_untracked(|state| state.ready().cloned());
    let Some(desk) = desk else {
        return ().into_any();
    };
    let clock = Clock::of(desk.offset_minutes);
    let form = match (&source, &names) {
        (Some(source), Some(names)) => Form::of(&source.promotion, names, clock),
        _ => Form::new(now(), clock),
    };
    if kept.is_none() && source.is_some() {
        begin_copy(form, clock);
    }
    let categories = latest(needed.categories);
    let categories =
        Signal::derive(move || categories.with(|all| all.as_deref().cloned().unwrap_or_default()));
    view! {
        <Editor
            form=form
            id=id
            kept=kept
            levels=StoredValue::new(desk.levels.clone())
            clock=clock
            categories=categories
            generation=generation
        />
    }
    .into_any()
}

/// A copy has a name of its own and begins now; an end that is over is left out.
fn begin_copy(form: Form, clock: Clock) {
    form.from.set(Form::new(now(), clock).from.get_untracked());
    let is_over = clock
        .read(&form.until.get_untracked())
        .is_some_and(|until| until <= now());
    if is_over {
        form.until.set(String::new());
    }
    let copied = |name: RwSignal<String>| {
        name.set(untrack(|| {
            text!(promotion_desk.copy_of, name = name.get_untracked())
        }));
    };
    copied(form.zh);
    copied(form.en);
}
