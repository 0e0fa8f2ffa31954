//! Saved views: the list as somebody likes to see it, under a name, above the list on every device of the account.

use countersign_contract::NoContent;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::view::{ListViews, PutView, RemoveView, SavedView, View};
use countersign_domain::id::ViewId;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::ApiError;
use crate::i18n::problems;
use crate::queries::live::invalidate_views;
use crate::queries::{self, Cache, Pending};
use crate::route::{OrdersFilter, Route};
use crate::text;
use crate::ui::{Button, TextField, Variant};

/// What a view shows.
pub fn filter_of(view: &View) -> OrdersFilter {
    OrdersFilter {
        q: view.q.clone(),
        status: view.status.clone(),
        from: view.from.clone(),
        to: view.to.clone(),
        sort: view.sort.clone(),
    }
}

/// The view that shows what is shown now.
pub fn view_of(name: &str, filter: &OrdersFilter) -> View {
    View {
        name: name.trim().to_owned(),
        q: filter.q.clone(),
        status: filter.status.clone(),
        from: filter.from.clone(),
        to: filter.to.clone(),
        sort: filter.sort.clone(),
    }
}

/// The saved view that shows exactly this, if there is one.
pub fn shown_view<'v>(views: &'v [SavedView], filter: &OrdersFilter) -> Option<&'v SavedView> {
    views.iter().find(|saved| filter_of(&saved.view) == *filter)
}

/// What is asked for a name.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Naming {
    Nothing,
    /// A new view of what is shown.
    New,
    /// Another name for this one.
    Other(SavedView),
}

#[derive(Clone, Copy)]
struct Shelf {
    cache: Cache,
    filter: Memo<OrdersFilter>,
    naming: RwSignal<Naming>,
    name: RwSignal<String>,
    put: Pending<PutView>,
    remove: Pending<RemoveView>,
}

impl Shelf {
    fn ask(self, naming: Naming) {
        self.name.set(match &naming {
            Naming::Other(saved) => saved.view.name.clone(),
            Naming::Nothing | Naming::New => String::new(),
        });
        self.put.error.set(None);
        self.naming.set(naming);
    }

    fn save(self) {
        let name = self.name.get_untracked();
        let (id, version, view) = match self.naming.get_untracked() {
            Naming::Nothing => return,
            Naming::New => {
                let view = self.filter.with_untracked(|filter| view_of(&name, filter));
                (ViewId(Uuid::new_v4()), 0, view)
            }
            Naming::Other(saved) => {
                let view = View {
                    name: name.trim().to_owned(),
                    ..saved.view
                };
                (saved.id, saved.version, view)
            }
        };
        self.put.send(id, view, Some(version), move |_, _| {
            self.naming.try_set(Naming::Nothing);
            invalidate_views(self.cache);
        });
    }

    fn remove(self, saved: &SavedView) {
        let changed = move |_: NoContent, _: &str| invalidate_views(self.cache);
        self.remove
            .send(saved.id, NoContent {}, Some(saved.version), changed);
    }

    /// Why the last change did not succeed. Another device may have been faster: then the list is read again.
    fn error(self) -> Option<ApiError> {
        self.put.error.get().or_else(|| self.remove.error.get())
    }
}

/// The saved views, each a way to its list, and saving what is shown.
#[component]
pub fn SavedViews(
    /// What is shown.
    filter: Memo<OrdersFilter>,
) -> impl IntoView {
    let read = queries::read::<ListViews>(|| Some(((), NoQuery {})));
    let views = Memo::new(move |_| {
        read.state
            .with(|state| state.ready().map(|views| views.to_vec()).unwrap_or_default())
    });
    let shelf = Shelf {
        cache: expect_context::<Cache>(),
        filter,
        naming: RwSignal::new(Naming::Nothing),
        name: RwSignal::new(String::new()),
        put: queries::change::<PutView>(),
        remove: queries::change::<RemoveView>(),
    };
    let here =
        Memo::new(move |_| views.with(|views| filter.with(|filter| shown_view(views, filter).cloned())));
    let chip = move |saved: SavedView| {
        let shows = filter_of(&saved.view);
        let href = Route::Orders(shows.clone()).to_path();
        let current = move || filter.with(|filter| *filter == shows).then_some("true");
        view! { <li><a class="chip" href=href aria-current=current>{saved.view.name}</a></li> }.into_any()
    };
    let can_save =
        move || here.with(Option::is_none) && filter.with(|filter| *filter != OrdersFilter::default());
    let is_asking = Memo::new(move |_| shelf.naming.get() != Naming::Nothing);
    let error = move || shelf.error().map(|error| problems::words(&error));
    view! {
        <div class="views">
            <nav aria-label=move || text!(views.label)>
                <ul class="chips">
                    <For each=move || views.get() key=|saved| (saved.id, saved.version) children=chip />
                </ul>
            </nav>
            <Show when=move || { can_save() && !is_asking.get() }>
                <Button
                    label=move || text!(views.save)
                    variant=Variant::Quiet
                    on_press=move || shelf.ask(Naming::New)
                />
            </Show>
            {move || here.get().filter(|_| !is_asking.get()).map(|saved| own_view(shelf, saved))}
        </div>
        <Show when=move || is_asking.get()><NameForm shelf=shelf /></Show>
        <p class="form-error" role="alert">{error}</p>
    }
}

/// What can be done with the view that is shown.
fn own_view(shelf: Shelf, saved: SavedView) -> AnyView {
    let (renamed, removed) = (saved.clone(), saved);
    view! {
        <Button
            label=move || text!(views.rename)
            variant=Variant::Quiet
            on_press=move || shelf.ask(Naming::Other(renamed.clone()))
        />
        <Button
            label=move || text!(views.remove)
            variant=Variant::Quiet
            busy=shelf.remove.busy
            on_press=move || shelf.remove(&removed)
        />
    }
    .into_any()
}

#[component]
fn NameForm(shelf: Shelf) -> impl IntoView {
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        shelf.save();
    };
    // A view without a name could not be found again.
    let nameless = Signal::derive(move || {
        shelf
            .name
            .with(|name| name.trim().is_empty())
            .then(|| text!(views.nameless))
    });
    view! {
        <form class="view-form" novalidate on:submit=save>
            <TextField label=move || text!(views.name) value=shelf.name autocomplete="off" />
            <Button
                label=move || text!(views.save)
                variant=Variant::Primary
                submit=true
                busy=shelf.put.busy
                refused=nameless
            />
            <Button label=move || text!(views.cancel) on_press=move || shelf.naming.set(Naming::Nothing) />
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_known_by_what_it_shows() {
        let filter = OrdersFilter {
            q: "tea".to_owned(),
            status: "sent_back".to_owned(),
            from: "2026-11-01".to_owned(),
            to: String::new(),
            sort: "amount".to_owned(),
        };
        let view = view_of("  Large ones ", &filter);
        assert_eq!(view.name, "Large ones");
        assert_eq!(filter_of(&view), filter);
        let saved = SavedView {
            id: ViewId(Uuid::from_u128(1)),
            version: 1,
            view,
        };
        let views = [saved.clone()];
        assert_eq!(shown_view(&views, &filter), Some(&saved));
        assert_eq!(shown_view(&views, &OrdersFilter::default()), None);
    }
}
