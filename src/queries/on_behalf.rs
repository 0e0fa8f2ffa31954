//! The customers on whose behalf staff order: for each a way to the server, answers and a cart of its own.
//!
//! They outlive the pages of ordering: what was submitted goes on being sent while its author approves something else, and
//! signing out asks about all of them.

use countersign_contract::account::CustomerRef;
use countersign_domain::id::CustomerId;
use countersign_domain::permission::Permission;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::Api;
use crate::offline::customers::CustomersPlace;
use crate::queries::Cache;
use crate::queries::draft::{Cart, Left, Pending};
use crate::session::{SessionContext, SessionState};

/// What is open of one customer. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Ordering {
    /// Who is ordered for.
    pub customer: CustomerId,
    /// The way to the server on its behalf.
    pub api: Api,
    /// What it is answered.
    pub cache: Cache,
    /// Its cart and outbox.
    pub cart: Cart,
}

/// All of them, provided by the desk of staff. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct OnBehalf {
    session: SessionContext,
    api: Api,
    /// What is opened lives as long as the desk, whatever page opens it.
    owner: StoredValue<Owner>,
    open: RwSignal<Vec<Ordering>>,
    /// Whose desk is on the screen.
    shown: StoredValue<Option<CustomerId>>,
    place: StoredValue<Option<CustomersPlace>>,
    /// Those who are known on this device, whether there is something of them or not.
    known: RwSignal<Vec<CustomerRef>>,
}

impl OnBehalf {
    /// None yet, for whoever `session` says is signed in.
    pub fn new(api: Api, session: SessionContext) -> Self {
        let place = session.state.with_untracked(|state| match state {
            SessionState::SignedIn(who) | SessionState::Ended(who) => {
                Some(CustomersPlace::new(&api.url(""), who.actor.account_id))
            }
            SessionState::Asking | SessionState::Unreachable(_) | SessionState::SignedOut => None,
        });
        let known = place.as_ref().map(CustomersPlace::read).unwrap_or_default();
        let open = RwSignal::new(Vec::<Ordering>::new());
        // Whoever signs in next gets nothing that was read for somebody else.
        on_cleanup(move || {
            let _ = open.try_with_untracked(|open| open.iter().for_each(|one| one.cache.clear()));
        });
        Self {
            session,
            api,
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            open,
            shown: StoredValue::new(None),
            place: StoredValue::new(place),
            known: RwSignal::new(known),
        }
    }

    /// Whether whoever is signed in may order for others, tracked.
    pub fn is_allowed(self) -> bool {
        self.session
            .current()
            .is_some_and(|who| who.actor.holds(Permission::OrderCreateOnBehalf))
    }

    /// The desk of `customer` is on the screen, or that of staff.
    pub fn show(self, customer: Option<CustomerId>) {
        self.shown.set_value(customer);
    }

    /// What is open of `customer`; opened now where nothing is.
    pub fn of(self, customer: CustomerId) -> Ordering {
        let found = |open: &Vec<Ordering>| open.iter().find(|one| one.customer == customer).copied();
        if let Some(ordering) = self.open.with_untracked(found) {
            return ordering;
        }
        let ordering = self.owner.get_value().with(|| {
            let api = self.api.for_customer(customer);
            let cache = Cache::new(api);
            Ordering {
                customer,
                api,
                cache,
                cart: Cart::new(api, cache, self.session, Some(customer)),
            }
        });
        self.open.update(|open| open.push(ordering));
        ordering
    }

    /// Opens those who were opened on this device before, so that what waits is sent; who has nothing is forgotten.
    pub fn restore(self) {
        for customer in self.known.get_untracked() {
            let Ordering { customer, cart, .. } = self.of(customer.id);
            spawn_local(async move {
                cart.open().await;
                // Who is on the screen is about to have something.
                if cart.is_bare().await && self.shown.try_get_value().flatten() != Some(customer) {
                    self.forget(customer);
                }
            });
        }
    }

    /// Those who were opened on this device, the last one first, with how many of their orders the server does not have yet.
    /// Tracked.
    pub fn recent(self) -> Vec<(CustomerRef, Pending)> {
        let open = self.open.get();
        let pending = |id| {
            open.iter()
                .find(|one| one.customer == id)
                .map(|one| one.cart.pending())
        };
        let known = self.known.get().into_iter();
        known
            .rev()
            .map(|customer| {
                let pending = pending(customer.id).unwrap_or_default();
                (customer, pending)
            })
            .collect()
    }

    /// How many orders the server does not have yet, tracked.
    pub fn pending(self) -> Pending {
        let pending = self.open.get().into_iter().map(|one| one.cart.pending());
        pending.fold(Pending::default(), Pending::and)
    }

    /// Who `customer` is, as far as this device knows. Tracked.
    pub fn name_of(self, customer: CustomerId) -> Option<CustomerRef> {
        self.known
            .with(|known| known.iter().find(|one| one.id == customer).cloned())
    }

    /// `customer` is opened on this device.
    pub fn remember(self, customer: &CustomerRef) {
        self.place.with_value(|place| {
            if let Some(place) = place {
                place.keep(customer);
            }
        });
        self.known.update(|known| {
            known.retain(|one| one.id != customer.id);
            known.push(customer.clone());
        });
    }

    fn forget(self, customer: CustomerId) {
        self.place.try_with_value(|place| {
            if let Some(place) = place {
                place.forget(customer);
            }
        });
        self.known
            .try_update(|known| known.retain(|one| one.id != customer));
    }

    /// The carts that are open.
    pub fn carts(self) -> Vec<Cart> {
        self.open
            .with_untracked(|open| open.iter().map(|one| one.cart).collect())
    }

    /// [`Cart::cleaning`] of all of them; whoever has nothing left is forgotten.
    pub fn cleaning(self) -> impl Future<Output = ()> {
        let open = self.open.get_untracked();
        let all: Vec<_> = open
            .into_iter()
            .map(|one| (one.customer, one.cart.cleaning()))
            .collect();
        let place = self.place.get_value();
        async move {
            for (customer, cleaning) in all {
                if cleaning.await
                    && let Some(place) = &place
                {
                    place.forget(customer);
                }
            }
        }
    }
}

/// What the server lacks of `carts` together, each given what could be given.
pub async fn left_of(carts: Vec<Cart>) -> Left {
    let mut left = Left::default();
    for cart in carts {
        left = left.and(cart.left().await);
    }
    left
}
