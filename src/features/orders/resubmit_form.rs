//! Mending a sent-back order in place and submitting it again.

use countersign_contract::ProblemKind;
use countersign_contract::order::{OrderDetail, ResubmitOrder};
use countersign_contract::submission::{SeenOrder, Submission, SubmissionChange, SubmissionLine};
use countersign_domain::delivery::{DeliveryMethod, chosen};
use countersign_domain::money::{Currency, Money};
use countersign_domain::order::OrderLine;
use leptos::prelude::*;

use crate::features::orders::resubmit::{
    MendedLine, is_unavailable, new_price, new_whole, next_revision, seen_whole, submission,
};
use crate::i18n::{format, local, reasons};
use crate::offline::draft::line_of;
use crate::order_view::input;
use crate::order_view::{ChangeError, OrderDesk, Typed, Wrong, line_unit, read_all};
use crate::text;
use crate::ui::{
    Button, Checkbox, Choice, InputKind, NumberField, SelectField, TextArea, TextField, Variant,
};

/// How many revisions of a draft are tried at most; no order was refused as often.
const MOST_REVISIONS: u32 = 100;

#[derive(Clone, Copy)]
struct Fields {
    line: StoredValue<OrderLine>,
    quantity: Typed,
    removed: RwSignal<bool>,
    seen_price: RwSignal<Money>,
}

impl Fields {
    fn of(line: &OrderLine) -> Self {
        let mended = MendedLine::of(line);
        Self {
            line: StoredValue::new(line.clone()),
            quantity: Typed::new(mended.quantity),
            removed: RwSignal::new(mended.removed),
            seen_price: RwSignal::new(mended.seen_price),
        }
    }

    fn read(&self) -> Result<Option<SubmissionLine>, Wrong> {
        self.quantity.read(|typed| {
            let typed = MendedLine {
                quantity: typed.to_owned(),
                seen_price: self.seen_price.get_untracked(),
                removed: self.removed.get_untracked(),
            };
            self.line.with_value(|line| typed.read(line))
        })
    }

    /// Agrees to what the server said of this line.
    fn agree(&self, changes: &[SubmissionChange]) {
        let id = self.line.with_value(|line| line.id);
        if let Some(price) = new_price(changes, id) {
            self.seen_price.set(price);
        }
        if is_unavailable(changes, id) {
            self.removed.set(true);
        }
    }
}

#[component]
pub fn ResubmitForm(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let detail = desk.detail.get_untracked();
    detail.map(|detail| resubmit_form(desk, &detail))
}

fn resubmit_form(desk: OrderDesk, detail: &OrderDetail) -> AnyView {
    let pending = desk.change::<ResubmitOrder>();
    let order = &detail.order;
    let rows = StoredValue::new({
        // Gifts come by themselves, where they are still given.
        let lines = order.lines.iter().filter(|line| !line.is_gift());
        lines.map(Fields::of).collect::<Vec<_>>()
    });
    let seen = StoredValue::new(seen_whole(order));
    let wanted = Typed::new(order.wanted_date.map(|day| day.to_string()).unwrap_or_default());
    let before = order.delivery_method.as_ref().map(|method| method.id);
    let method = RwSignal::new(before);
    let offered = move || {
        let who = desk.who.get();
        who.map(|who| who.workflow.delivery_methods.clone())
            .unwrap_or_default()
    };
    let note = RwSignal::new(order.note.clone());
    let nothing = RwSignal::new(false);
    let refused = StoredValue::new(0_u32);
    let currency = StoredValue::new(order.currency.clone());
    let differences = Memo::new(move |_| {
        pending
            .error
            .with(|error| match error.as_ref().and_then(|error| error.kind()) {
                Some(ProblemKind::SubmissionChanged { changes }) => changes.clone(),
                _ => Vec::new(),
            })
    });
    let send = move || {
        let date = wanted.read(input::date);
        let lines = read_all(rows, Fields::read);
        let (Ok(date), Ok(lines)) = (date, lines) else {
            return;
        };
        let lines: Vec<_> = lines.into_iter().flatten().collect();
        nothing.set(lines.is_empty());
        let (Some(detail), Some(who)) = (desk.detail.get_untracked(), desk.who.get_untracked()) else {
            return;
        };
        if lines.is_empty() {
            return;
        }
        // A refusal is stored under its key: what comes after it is another revision.
        if pending
            .error
            .with_untracked(|error| error.as_ref().is_some_and(|error| !error.is_unknown()))
        {
            refused.update_value(|count| *count = count.saturating_add(1));
        }
        let rev = next_revision(&detail, refused.get_value());
        let body = submission(
            &detail.order,
            who.actor.account_id,
            rev,
            lines,
            date,
            &note.get_untracked(),
            seen.get_value(),
        );
        let way = chosen(&who.workflow.delivery_methods, method.get_untracked());
        let body = Submission {
            delivery_method: way.map(|method| method.id),
            ..body
        };
        let key = format!("{}.{rev}", body.draft_id);
        let version = desk.version();
        desk.panel.sends(pending.busy);
        pending.send_keyed(&key, desk.id, body, version, move |reply, text| {
            desk.settle(reply, text)
        });
    };
    // A revision that was used before, when the cart was refused once or this panel was open before, says nothing about
    // this one: the next is tried. Not derived but an answer that arrives once.
    Effect::watch(
        move || {
            pending
                .error
                .with(|error| error.as_ref().and_then(|error| error.kind()) == Some(&ProblemKind::KeyReused))
        },
        move |reused, _, _| {
            if *reused && refused.get_value() < MOST_REVISIONS {
                send();
            }
        },
        false,
    );
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send();
    };
    let agree = move || {
        let changes = differences.get_untracked();
        rows.with_value(|rows| rows.iter().for_each(|fields| fields.agree(&changes)));
        if let Some((_, now)) = new_whole(&changes) {
            seen.set_value(Some(now.clone()));
        }
        send();
    };
    let row = move |fields: Fields| {
        view! { <MendedRow fields=fields differences=differences currency=currency /> }.into_any()
    };
    let whole = move || {
        let found =
            differences.with(|changes| new_whole(changes).map(|(seen, now)| (seen.clone(), now.clone())));
        found.map(|(seen, now)| currency.with_value(|currency| whole_words(&seen, &now, currency)))
    };
    let differs = move || differences.with(|changes| !changes.is_empty());
    view! {
        <form class="deed-form" novalidate on:submit=submit>
            <p>{move || text!(orders.resubmit.lead)}</p>
            <ul class="deed-lines">
                <For
                    each=move || rows.get_value()
                    key=|fields| fields.line.with_value(|line| line.id)
                    children=row
                />
            </ul>
            <TextField
                label=move || text!(order.delivery.wanted)
                value=wanted.value
                kind=InputKind::Date
                error=wanted.wrong()
            />
            <Show when=move || !offered().is_empty()>
                <SelectField
                    label=move || text!(order.delivery.method)
                    options=Signal::derive(move || {
                        let choice = |method: &DeliveryMethod| {
                            Choice::new(method.id.to_string(), local(&method.name))
                        };
                        offered().iter().map(choice).collect()
                    })
                    selected=Signal::derive(move || {
                        chosen(&offered(), method.get()).map(|method| method.id.to_string()).unwrap_or_default()
                    })
                    on_select=move |id: String| method.set(id.parse().ok())
                />
            </Show>
            <TextArea label=move || text!(orders.resubmit.note) value=note rows=2 />
            <p class="field-error" role="alert">{whole}</p>
            <p class="form-error" role="alert">{move || nothing.get().then(|| text!(reasons.rejection.no_lines))}</p>
            <ChangeError desk=desk error=pending.error />
            <div class="form-buttons">
                <Show
                    when=differs
                    fallback=move || {
                        view! {
                            <Button
                                label=move || text!(orders.resubmit.submit)
                                variant=Variant::Primary
                                submit=true
                                busy=pending.busy
                            />
                        }
                    }
                >
                    <Button
                        label=move || text!(orders.resubmit.agree)
                        variant=Variant::Primary
                        on_press=agree
                        busy=pending.busy
                    />
                </Show>
                <Button label=move || text!(order.ask.cancel) on_press=move || desk.panel.close() />
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn MendedRow(
    fields: Fields,
    differences: Memo<Vec<SubmissionChange>>,
    currency: StoredValue<Currency>,
) -> impl IntoView {
    let line = fields.line;
    let id = line.with_value(|line| line.id);
    let price = move || {
        currency.with_value(|currency| {
            text!(
                orders.resubmit.price,
                price = format::money(fields.seen_price.get(), currency)
            )
        })
    };
    let said = move || {
        differences.with(|changes| {
            let own = changes.iter().find(|change| line_of(change) == Some(id))?;
            Some(currency.with_value(|currency| difference_words(own, currency)))
        })
    };
    view! {
        <li data-removed=move || fields.removed.get().then_some("true")>
            <fieldset>
                <legend>{move || line.with_value(|line| local(&line.name))} <small>{price}</small></legend>
                <Show when=move || !fields.removed.get()>
                    <NumberField
                        label=move || text!(order.line.quantity)
                        value=fields.quantity.value
                        unit=line_unit(line)
                        error=fields.quantity.wrong()
                    />
                </Show>
                <p class="field-error" role="alert">{said}</p>
                <Checkbox
                    label=move || text!(orders.resubmit.remove)
                    checked=fields.removed
                    on_change=move |removed| fields.removed.set(removed)
                />
            </fieldset>
        </li>
    }
}

/// How the order as a whole is other than it was seen.
fn whole_words(seen: &SeenOrder, now: &SeenOrder, currency: &Currency) -> String {
    let money = |amount| format::money(amount, currency);
    let total = (seen.total != now.total).then(|| {
        text!(
            promotions.changed_order,
            seen = money(seen.total),
            now = money(now.total)
        )
    });
    let gifts = (seen.gifts != now.gifts).then(|| text!(promotions.changed_gifts));
    [total, gifts].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn difference_words(change: &SubmissionChange, currency: &Currency) -> String {
    match change {
        SubmissionChange::Price { seen, now, .. } => text!(
            orders.resubmit.price_changed,
            seen = format::money(*seen, currency),
            now = format::money(*now, currency)
        ),
        SubmissionChange::Unavailable { .. } => text!(orders.resubmit.unavailable),
        SubmissionChange::Quantity { breach, .. } => reasons::breach(breach, text!(order.line.quantity)),
        SubmissionChange::Order { seen, now, .. } => whole_words(seen, now, currency),
    }
}
