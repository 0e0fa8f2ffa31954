//! What both pages of the cart look at: draft, prices and account, put together once.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use countersign_contract::account::{Account, GetAccount};
use countersign_contract::buying::ForCustomer;
use countersign_contract::submission::Submission;
use countersign_domain::customer::Address;
use countersign_domain::delivery::{DeliveryMethod, chosen};
use countersign_domain::id::{AddressId, DeliveryMethodId, LineId};
use countersign_domain::money::{Currency, Money};
use countersign_domain::workflow::Workflow;
use leptos::prelude::*;

use crate::api::now;
use crate::features::cart::delivery::address_line;
use crate::features::cart::model::{LineState, NotReady, Totals, submission, totals};
use crate::features::cart::pricing::{Evaluated, evaluate};
use crate::i18n::{format, local};
use crate::offline::draft::{Draft, DraftLine};
use crate::queries::draft::Cart;
use crate::queries::offers::{Offers, offers};
use crate::queries::promotions::{Promotions, moment};
use crate::queries::{Read, read};
use crate::session::SessionContext;

/// The cart with what the server says about it.
#[derive(Clone, Copy, Debug)]
pub struct CartState {
    /// The draft.
    pub cart: Cart,
    /// The catalog's word on its lines.
    pub offers: Offers,
    /// The customer.
    pub account: Read<Account>,
    /// The customer's promotions.
    pub promotions: Promotions,
    /// Each line, evaluated, and all of them together.
    pub evaluated: Memo<Evaluated>,
    /// What they come to.
    pub totals: Memo<Totals>,
    /// The currency of all amounts.
    pub currency: Memo<Currency>,
    /// The ids of the lines.
    pub ids: Memo<Vec<LineId>>,
    /// Where each line is: every one asks, and there may be two thousand.
    places: Memo<HashMap<LineId, usize>>,
    session: SessionContext,
}

impl CartState {
    /// Puts it together for a page.
    pub fn new() -> Self {
        let cart = expect_context::<Cart>();
        let session = expect_context::<SessionContext>();
        let currency = Memo::new(move |_| session.currency());
        let variants = move || {
            let ids = |draft: &Draft| {
                let mut ids: Vec<_> = draft.lines.iter().map(|line| line.item.variant_id).collect();
                // The same question whatever the order of the lines.
                ids.sort_unstable();
                ids.dedup();
                ids
            };
            cart.with(|kept| ids(&kept.draft)).unwrap_or_default()
        };
        let offers = offers(variants);
        let promotions = Promotions::read();
        let evaluated = Memo::new(move |_| {
            let known = promotions.known();
            let at = known.as_ref().map_or_else(now, |known| moment(known.at, now()));
            let promised = known.as_ref().map(|known| known.promotions.as_slice());
            let evaluated = |draft: &Draft| {
                offers
                    .known
                    .with(|known| evaluate(&draft.lines, known, promised, &currency.get(), at))
            };
            cart.with(|kept| evaluated(&kept.draft)).unwrap_or_default()
        });
        let totals = Memo::new(move |_| evaluated.with(totals));
        let ids = Memo::new(move |_| {
            let ids = |draft: &Draft| draft.lines.iter().map(|line| line.id).collect();
            cart.with(|kept| ids(&kept.draft)).unwrap_or_default()
        });
        let places = Memo::new(move |_| {
            ids.with(|ids: &Vec<LineId>| ids.iter().enumerate().map(|(place, id)| (*id, place)).collect())
        });
        let account = read::<GetAccount>(|| Some(((), ForCustomer::default())));
        Self {
            cart,
            offers,
            account,
            promotions,
            evaluated,
            totals,
            currency,
            ids,
            places,
            session,
        }
    }

    /// An amount as it is read.
    pub fn money(&self, amount: Money) -> String {
        self.currency.with(|currency| format::money(amount, currency))
    }

    /// How it stands with a line.
    pub fn state_of(&self, id: LineId) -> Option<LineState> {
        let place = self.place_of(id)?;
        self.evaluated.with(|evaluated| {
            let line = evaluated.lines.get(place).filter(|line| line.id == id);
            line.map(|line| line.state.clone())
        })
    }

    /// A line of the draft.
    pub fn line(&self, id: LineId) -> Option<DraftLine> {
        let place = self.place_of(id)?;
        let line = |draft: &Draft| draft.lines.get(place).filter(|line| line.id == id).cloned();
        self.cart.with(|kept| line(&kept.draft)).flatten()
    }

    /// The next line behind `last` that needs attention, or the first of all.
    pub fn next_with_trouble(&self, last: Option<LineId>) -> Option<LineId> {
        let behind = last
            .and_then(|last| self.place_of(last))
            .map_or(0, |place| place + 1);
        self.evaluated.with(|evaluated| {
            let (before, after) = evaluated.lines.split_at_checked(behind).unwrap_or_default();
            let mut all = after.iter().chain(before);
            all.find(|line| line.state.needs_attention()).map(|line| line.id)
        })
    }

    /// Where a line is, from 0.
    pub fn place_of(&self, id: LineId) -> Option<usize> {
        self.places.with(|places| places.get(&id).copied())
    }

    /// Where it goes: the chosen address, or the first where none is chosen.
    pub fn address(&self) -> Option<Address> {
        let chosen = self.cart.with(|kept| kept.draft.address_id).flatten();
        let addresses = self
            .account
            .state
            .with(|state| state.ready().map(|account| account.addresses.clone()))?;
        let found = addresses.iter().find(|address| Some(address.id) == chosen);
        found.or_else(|| addresses.first()).cloned()
    }

    /// An address in words; the first where none is chosen.
    pub fn address_words(&self, chosen: Option<AddressId>) -> String {
        self.account.state.with(|state| {
            let addresses = state
                .ready()
                .map(|account| account.addresses.as_slice())
                .unwrap_or_default();
            let found = addresses.iter().find(|address| Some(address.id) == chosen);
            found
                .or_else(|| addresses.first())
                .map(address_line)
                .unwrap_or_default()
        })
    }

    /// How goods may be brought to the customer; empty where there is no choice.
    pub fn delivery_methods(&self) -> Vec<DeliveryMethod> {
        self.workflow()
            .map(|workflow| workflow.delivery_methods)
            .unwrap_or_default()
    }

    /// How it is brought to the customer: by the chosen method, or the first where none is chosen.
    pub fn delivery_method(&self) -> Option<DeliveryMethodId> {
        let choice = self.cart.with(|kept| kept.draft.delivery_method).flatten();
        chosen(&self.delivery_methods(), choice).map(|method| method.id)
    }

    /// A delivery method in words; the first where none is chosen.
    pub fn delivery_words(&self, choice: Option<DeliveryMethodId>) -> String {
        chosen(&self.delivery_methods(), choice)
            .map(|method| local(&method.name))
            .unwrap_or_default()
    }

    /// What would be submitted now, or why it can't be.
    pub fn submission(&self) -> Result<Submission, NotReady> {
        let address = self.address().map(|address| address.id);
        let delivery_method = self.delivery_method();
        let owner = self.session.current().map(|session| session.actor.account_id);
        let submission = |draft: &Draft| match owner {
            Some(owner) => self.evaluated.with(|evaluated| {
                let submission = submission(draft, evaluated, owner, address, today())?;
                Ok(Submission {
                    delivery_method,
                    ..submission
                })
            }),
            None => Err(NotReady::Asking),
        };
        self.cart
            .with(|kept| submission(&kept.draft))
            .unwrap_or(Err(NotReady::Empty))
    }

    /// What shapes the way of an order after submitting.
    pub fn workflow(&self) -> Option<Workflow> {
        self.session.current().map(|session| session.workflow.clone())
    }
}

/// Today, by the calendar on the reader's wall.
pub fn today() -> NaiveDate {
    let now = js_sys::Date::new_0();
    let year = i32::try_from(now.get_full_year()).unwrap_or_default();
    let today = NaiveDate::from_ymd_opt(year, now.get_month() + 1, now.get_date());
    today.unwrap_or_default()
}

/// A day as a date field has it.
pub fn field_date(date: NaiveDate) -> String {
    let two = |number: u32| {
        if number < 10 {
            format!("0{number}")
        } else {
            number.to_string()
        }
    };
    format!("{}-{}-{}", date.year(), two(date.month()), two(date.day()))
}
