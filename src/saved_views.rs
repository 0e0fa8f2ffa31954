//! Saved views: a list as somebody likes to see it, under a name, on that list's page on every device of the account. Any
//! page may have them that keeps what it shows in its address. Knows ui, i18n, contract, queries and route; no feature.

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
use crate::route::Route;
use crate::text;
use crate::ui::{Button, TextField, Variant};

/// What a view shows.
pub fn route_of(view: &View) -> Route {
    Route::parse(&view.page, &view.query)
}

/// The view that shows this page as it is narrowed.
pub fn view_of(name: &str, shown: &Route) -> View {
    let (page, query) = shown.page_and_query();
    View {
        name: name.trim().to_owned(),
        page,
        query,
    }
}

/// The saved views of the same page, however that is narrowed.
pub fn views_of_page(views: &[SavedView], shown: &Route) -> Vec<SavedView> {
    let is_here = |saved: &&SavedView| route_of(&saved.view).is_same_page(shown);
    views.iter().filter(is_here).cloned().collect()
}

/// The saved view that shows exactly this, if there is one.
pub fn shown_view<'v>(views: &'v [SavedView], shown: &Route) -> Option<&'v SavedView> {
    views.iter().find(|saved| route_of(&saved.view) == *shown)
}

/// Whether anything is narrowed that a view could keep.
fn is_narrowed(shown: &Route) -> bool {
    let (_, query) = shown.page_and_query();
    !query.is_empty()
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
    shown: Memo<Route>,
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
                let view = self.shown.with_untracked(|shown| view_of(&name, shown));
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

/// The saved views of a page, each a link to it, and saving what is shown.
#[component]
pub fn SavedViews(
    /// The page as it is narrowed; not what is open in it, nor where in a long list one is.
    shown: Memo<Route>,
) -> impl IntoView {
    let read = queries::read::<ListViews>(|| Some(((), NoQuery {})));
    let views = Memo::new(move |_| {
        let all = read.state.with(|state| state.ready().cloned());
        let all = all.as_deref().map(Vec::as_slice).unwrap_or_default();
        shown.with(|shown| views_of_page(all, shown))
    });
    let shelf = Shelf {
        cache: expect_context::<Cache>(),
        shown,
        naming: RwSignal::new(Naming::Nothing),
        name: RwSignal::new(String::new()),
        put: queries::change::<PutView>(),
        remove: queries::change::<RemoveView>(),
    };
    let here = Memo::new(move |_| views.with(|views| shown.with(|shown| shown_view(views, shown).cloned())));
    let chip = move |saved: SavedView| {
        let target = route_of(&saved.view);
        let href = target.to_path();
        let current = move || shown.with(|shown| *shown == target).then_some("true");
        view! { <li><a class="chip" href=href aria-current=current>{saved.view.name}</a></li> }.into_any()
    };
    let can_save = move || here.with(Option::is_none) && shown.with(is_narrowed);
    let has_views = Memo::new(move |_| views.with(|views| !views.is_empty()));
    let is_asking = Memo::new(move |_| shelf.naming.get() != Naming::Nothing);
    let error = move || shelf.error().map(|error| problems::words(&error));
    view! {
        <div class="views">
            <Show when=move || has_views.get()>
                <nav aria-label=move || text!(views.label)>
                    <ul class="chips">
                        <For each=move || views.get() key=|saved| (saved.id, saved.version) children=chip />
                    </ul>
                </nav>
            </Show>
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
    use countersign_domain::workflow::Stage;

    use super::*;
    use crate::route::{OrdersFilter, QueueFilter};

    fn orders(q: &str) -> Route {
        Route::Orders(OrdersFilter {
            q: q.to_owned(),
            status: "sent_back".to_owned(),
            from: "2026-11-01".to_owned(),
            to: String::new(),
            sort: "amount".to_owned(),
        })
    }

    fn queue(stage: Stage) -> Route {
        Route::Queue {
            stage,
            open: None,
            filter: QueueFilter {
                priority: "urgent".to_owned(),
                amount_from: "10.50".to_owned(),
                ..QueueFilter::default()
            },
        }
    }

    fn saved(number: u128, shown: &Route) -> SavedView {
        SavedView {
            id: ViewId(Uuid::from_u128(number)),
            version: 1,
            view: view_of("  Large ones ", shown),
        }
    }

    #[test]
    fn a_view_is_known_by_what_it_shows() {
        let views = [
            saved(1, &orders("茶 & tea")),
            saved(2, &queue(Stage::FinanceReview)),
        ];
        assert_eq!(views[0].view.name, "Large ones");
        assert_eq!(views[1].view.page, "queues/finance-review");
        assert_eq!(shown_view(&views, &orders("茶 & tea")), Some(&views[0]));
        assert_eq!(shown_view(&views, &queue(Stage::FinanceReview)), Some(&views[1]));
        assert_eq!(shown_view(&views, &orders("")), None);
        assert_eq!(shown_view(&views, &queue(Stage::OrderReview)), None);
    }

    #[test]
    fn a_page_has_its_own_views() {
        let views = [saved(1, &orders("tea")), saved(2, &queue(Stage::FinanceReview))];
        let bare = |stage| Route::Queue {
            stage,
            open: None,
            filter: QueueFilter::default(),
        };
        assert_eq!(
            views_of_page(&views, &bare(Stage::FinanceReview)),
            [views[1].clone()]
        );
        assert_eq!(views_of_page(&views, &bare(Stage::OrderReview)), []);
        assert_eq!(views_of_page(&views, &orders("")), [views[0].clone()]);
        assert!(is_narrowed(&orders("")) && !is_narrowed(&bare(Stage::OrderReview)));
    }

    #[test]
    fn a_view_of_before_as_the_server_reads_it_shows_what_it_showed() {
        let view = View {
            name: "Before".to_owned(),
            page: "orders".to_owned(),
            // As a form is encoded: other signs than the app's own addresses.
            query: "q=%E8%8C%B6+%26+tea&status=sent_back&from=2026-11-01&sort=amount".to_owned(),
        };
        assert_eq!(route_of(&view), orders("茶 & tea"));
    }
}
