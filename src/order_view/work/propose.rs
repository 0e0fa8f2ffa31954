//! Proposing a new version of a reviewed order (rule 4). What it would change, and how much that matters, shows before it
//! is sent.

use std::sync::Arc;

use countersign_contract::account::{Account, GetAccount, ListCustomerAddresses};
use countersign_contract::buying::ForCustomer;
use countersign_contract::endpoint::NoQuery;
use countersign_contract::order::{OrderDetail, RequestChangeEndpoint};
use countersign_domain::customer::Address;
use countersign_domain::id::{AddressId, ChangeRequestId};
use countersign_domain::order::{
    Order, OrderLine, Proposal, ProposedQuantity, RequestChange, proposed_changes,
};
use leptos::prelude::*;
use uuid::Uuid;

use crate::i18n::{format, problems};
use crate::order_view::input::{self, InputError};
use crate::order_view::work::impact_words;
use crate::order_view::{ChangeList, DeedForm, OrderDesk, Typed, Wrong, line_name, line_unit, read_all};
use crate::queries::{self, Read, Remote};
use crate::text;
use crate::ui::{Choice, InputKind, NumberField, SelectField, TextArea, TextField};

/// The quantity typed for a line, where it differs: at least what has left.
///
/// # Errors
/// What is wrong with it.
pub fn proposed(typed: &str, line: &OrderLine) -> Result<Option<ProposedQuantity>, InputError> {
    let quantity = input::quantity(typed, None)?;
    if quantity < line.shipped {
        return Err(InputError::TooLittle(line.shipped));
    }
    Ok((quantity != line.approved).then_some(ProposedQuantity {
        line_id: line.id,
        quantity,
    }))
}

#[derive(Clone, Copy)]
struct Row {
    line: StoredValue<OrderLine>,
    quantity: Typed,
}

impl Row {
    fn of(line: &OrderLine) -> Self {
        Self {
            line: StoredValue::new(line.clone()),
            quantity: Typed::new(line.approved.to_string()),
        }
    }

    fn read(&self) -> Result<Option<ProposedQuantity>, Wrong> {
        self.quantity
            .read(|typed| self.line.with_value(|line| proposed(typed, line)))
    }

    /// The same without a word to whoever still types.
    fn peek(&self) -> Option<Option<ProposedQuantity>> {
        let typed = self.quantity.value.get();
        self.line.with_value(|line| proposed(&typed, line)).ok()
    }
}

/// The addresses of the order's customer: in its own account, or as staff are told.
#[derive(Clone, Copy)]
enum Book {
    Own(Read<Account>),
    OfCustomer(Read<Vec<Address>>),
}

impl Book {
    fn of(desk: OrderDesk, order: &Order) -> Self {
        let customer = order.customer_id;
        if untrack(|| desk.is_customer()) {
            Self::Own(queries::read::<GetAccount>(|| Some(((), ForCustomer::default()))))
        } else {
            Self::OfCustomer(queries::read::<ListCustomerAddresses>(move || {
                Some((customer, NoQuery {}))
            }))
        }
    }

    /// What is in it, as far as it is read. Tracks it.
    fn addresses(self) -> Vec<Address> {
        let all = match self {
            Self::Own(read) => read
                .state
                .with(|state| state.ready().map(|account| account.addresses.clone())),
            Self::OfCustomer(read) => read.state.with(|state| state.ready().map(|all| all.to_vec())),
        };
        all.unwrap_or_default()
    }

    /// Why it can't be read, in words. Tracks it.
    fn failure(self) -> Option<String> {
        match self {
            Self::Own(read) => read.state.with(failure_words),
            Self::OfCustomer(read) => read.state.with(failure_words),
        }
    }
}

fn failure_words<T>(state: &Remote<T>) -> Option<String> {
    match state {
        Remote::Failed(error) => Some(problems::words(error)),
        Remote::Loading | Remote::Ready(_) => None,
    }
}

/// Everything that can be proposed.
#[derive(Clone, Copy)]
struct Fields {
    /// The order as it was when the form opened: what differs from it is proposed.
    order: StoredValue<Order>,
    rows: StoredValue<Vec<Row>>,
    wanted: Typed,
    note: RwSignal<String>,
    /// Where goods may go; none where all have left.
    book: Option<Book>,
    address: RwSignal<AddressId>,
}

impl Fields {
    fn of(desk: OrderDesk, order: &Order) -> Self {
        Self {
            order: StoredValue::new(order.clone()),
            rows: StoredValue::new(order.lines.iter().map(Row::of).collect()),
            wanted: Typed::new(order.wanted_date.map(|day| day.to_string()).unwrap_or_default()),
            note: RwSignal::new(order.note.clone()),
            // What has left goes nowhere else.
            book: order.has_remaining().then(|| Book::of(desk, order)),
            address: RwSignal::new(order.address.id),
        }
    }

    /// Where goods may go; where they go now comes first. Tracks the customer's book.
    fn addresses(self) -> Vec<Address> {
        let now = self.order.with_value(|order| order.address.clone());
        let others = self.book.map(Book::addresses).unwrap_or_default();
        let present = now.id;
        let others = others.into_iter().filter(|other| other.id != present);
        [now].into_iter().chain(others).collect()
    }

    /// What is proposed with these quantities and this date.
    fn proposal(
        self,
        quantities: Vec<Option<ProposedQuantity>>,
        wanted: Option<chrono::NaiveDate>,
    ) -> Proposal {
        let chosen = self.address.get();
        let address = self.addresses().into_iter().find(|address| address.id == chosen);
        let note = self.note.with(|note| note.trim().to_owned());
        self.order.with_value(|order| Proposal {
            quantities: quantities.into_iter().flatten().collect(),
            wanted_date: wanted.filter(|date| Some(*date) != order.wanted_date),
            address: address.filter(|address| *address != order.address),
            note: (note != order.note).then_some(note),
        })
    }

    fn read(self) -> Result<Proposal, Wrong> {
        let date = self.wanted.read(input::date);
        let lines = read_all(self.rows, Row::read);
        let (lines, date) = (lines?, date?);
        Ok(untrack(|| self.proposal(lines, date)))
    }

    /// What is proposed so far; nothing while something typed can't be read.
    fn peek(self) -> Option<Proposal> {
        let date = self.wanted.value.with(|typed| input::date(typed)).ok()?;
        let lines: Option<Vec<_>> = self.rows.with_value(|rows| rows.iter().map(Row::peek).collect());
        Some(self.proposal(lines?, date))
    }
}

#[component]
pub(super) fn RequestForm(desk: OrderDesk) -> impl IntoView {
    desk.detail
        .get_untracked()
        .map(|detail| request_form(desk, &detail))
}

fn request_form(desk: OrderDesk, detail: &Arc<OrderDetail>) -> AnyView {
    let pending = desk.change::<RequestChangeEndpoint>();
    let fields = Fields::of(desk, &detail.order);
    let reason = Typed::new("");
    // One request, however often it is sent.
    let id = ChangeRequestId(Uuid::new_v4());
    let submit = move || {
        let (proposal, said) = (fields.read(), reason.read(input::words));
        if let (Ok(proposal), Ok(reason)) = (proposal, said) {
            desk.send(pending, RequestChange { id, proposal, reason });
        }
    };
    let row = |row: Row| view! { <QuantityRow row=row /> }.into_any();
    let address = fields
        .book
        .map(|book| view! { <AddressChoice fields=fields book=book /> }.into_any());
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.request.send)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.request.lead)}</p>
            <ul class="deed-lines">
                <For each=move || fields.rows.get_value() key=|row| row.line.with_value(|line| line.id) children=row />
            </ul>
            <TextField
                label=move || text!(order.delivery.wanted)
                value=fields.wanted.value
                kind=InputKind::Date
                error=fields.wanted.wrong()
            />
            {address}
            <TextArea label=move || text!(order.delivery.note) value=fields.note rows=2 />
            <TextArea label=move || text!(order.ask.reason) value=reason.value error=reason.wrong() />
            <ImpactPreview fields=fields />
        </DeedForm>
    }
    .into_any()
}

#[component]
fn QuantityRow(row: Row) -> impl IntoView {
    let line = row.line;
    let hint = Signal::derive(move || {
        line.with_value(|line| {
            text!(
                order.request.line,
                approved = format::quantity(line.approved),
                shipped = format::quantity(line.shipped)
            )
        })
    });
    view! {
        <li>
            <NumberField
                label=line_name(line)
                hint=hint
                value=row.quantity.value
                unit=line_unit(line)
                error=row.quantity.wrong()
            />
        </li>
    }
}

#[component]
fn AddressChoice(fields: Fields, book: Book) -> impl IntoView {
    let options = move || {
        let choice = |address: Address| {
            let words = [address.text, address.contact, address.phone].join(" · ");
            Choice::new(address.id.to_string(), words)
        };
        fields.addresses().into_iter().map(choice).collect::<Vec<_>>()
    };
    let choose = move |id: String| {
        if let Ok(id) = id.parse() {
            fields.address.set(id);
        }
    };
    view! {
        <SelectField
            label=move || text!(order.delivery.address)
            options=Signal::derive(options)
            selected=Signal::derive(move || fields.address.get().to_string())
            on_select=choose
            hint=Signal::derive(move || book.failure().unwrap_or_default())
        />
    }
}

/// What would change, and what that means; nothing while nothing would.
#[component]
fn ImpactPreview(fields: Fields) -> impl IntoView {
    let effect = Memo::new(move |_| {
        let proposal = fields.peek()?;
        let effect = fields
            .order
            .with_value(|order| proposed_changes(order, &proposal, ""));
        (!effect.0.is_empty()).then_some(effect)
    });
    let words = move || {
        let (changes, impact) = effect.get()?;
        let order = fields.order.get_value();
        Some(view! { <ChangeList changes=changes order=order /> <p>{impact_words(impact)}</p> }.into_any())
    };
    view! { <div role="status" aria-label=move || text!(order.request.effect)>{words}</div> }
}

#[cfg(test)]
mod tests {
    use countersign_domain::money::Money;
    use countersign_domain::quantity::Quantity;

    use super::*;
    use crate::order_view::sample;

    #[test]
    fn a_proposal_names_only_what_differs_and_no_less_than_has_left() {
        let mut line = sample::line(1, 60, Money::new(1, 0));
        line.shipped = Quantity::whole(20);
        assert_eq!(proposed("60", &line), Ok(None));
        let forty = ProposedQuantity {
            line_id: line.id,
            quantity: Quantity::whole(40),
        };
        assert_eq!(proposed(" 40", &line), Ok(Some(forty)));
        assert_eq!(
            proposed("19", &line),
            Err(InputError::TooLittle(Quantity::whole(20)))
        );
        assert_eq!(proposed("", &line), Err(InputError::Missing));
    }
}
