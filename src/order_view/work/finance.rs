//! The finance review beyond the credit limit, and entering a confirmed payment (rule 8).

use countersign_contract::account::{ConfirmPayment, NewPayment};
use countersign_contract::order::PassFinanceReviewEndpoint;
use countersign_domain::money::Money;
use countersign_domain::order::PassFinanceReview;
use leptos::prelude::*;

use crate::order_view::input::{self, InputError};
use crate::order_view::work::wrong;
use crate::order_view::{ChangeError, OrderDesk};
use crate::text;
use crate::ui::{Button, NumberField, TextArea, TextField, Variant};

/// A payment as it was typed.
///
/// # Errors
/// What is wrong with the amount, and with the reference.
pub fn payment(
    amount: &str,
    reference: &str,
) -> Result<NewPayment, (Option<InputError>, Option<InputError>)> {
    let amount = input::money(amount).and_then(|amount| {
        if amount == Money::ZERO {
            Err(InputError::Unreadable)
        } else {
            Ok(amount)
        }
    });
    match (amount, input::words(reference)) {
        (Ok(amount), Ok(reference)) => Ok(NewPayment { amount, reference }),
        (amount, reference) => Err((amount.err(), reference.err())),
    }
}

#[component]
pub(super) fn OverrideForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<PassFinanceReviewEndpoint>();
    let reason = RwSignal::new(String::new());
    let missing = RwSignal::new(None::<InputError>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = input::words(&reason.get_untracked());
        missing.set(said.as_ref().err().cloned());
        if let Ok(reason) = said {
            let body = PassFinanceReview {
                note: String::new(),
                override_reason: Some(reason),
            };
            desk.send(pending, body);
        }
    };
    view! {
        <form class="deed-form" novalidate on:submit=submit>
            <p>{move || text!(order.finance.override_lead)}</p>
            <TextArea
                label=move || text!(order.ask.reason)
                value=reason
                error=wrong(move || missing.get())
            />
            <ChangeError desk=desk error=pending.error />
            <div class="form-buttons">
                <Button
                    label=move || text!(order.finance.override_pass)
                    variant=Variant::Primary
                    submit=true
                    busy=pending.busy
                />
                <Button label=move || text!(order.ask.cancel) on_press=move || desk.panel.set(None) />
            </div>
        </form>
    }
}

#[component]
pub(super) fn PaymentForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<ConfirmPayment>();
    let open = desk.detail.with_untracked(|detail| {
        let detail = detail.as_deref()?;
        Some((detail.order.total - detail.paid).max(Money::ZERO))
    });
    let amount = RwSignal::new(open.map(|open| open.to_string()).unwrap_or_default());
    let reference = RwSignal::new(String::new());
    let errors = RwSignal::new((None, None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let payment = payment(&amount.get_untracked(), &reference.get_untracked());
        errors.set(payment.as_ref().err().cloned().unwrap_or_default());
        if let Ok(payment) = payment {
            desk.send(pending, payment);
        }
    };
    view! {
        <form class="deed-form" novalidate on:submit=submit>
            <NumberField
                label=move || text!(order.finance.amount)
                value=amount
                error=wrong(move || errors.get().0)
            />
            <TextField
                label=move || text!(order.finance.reference)
                hint=move || text!(order.finance.reference_hint)
                value=reference
                error=wrong(move || errors.get().1)
            />
            <ChangeError desk=desk error=pending.error />
            <div class="form-buttons">
                <Button
                    label=move || text!(order.deed.enter_payment)
                    variant=Variant::Primary
                    submit=true
                    busy=pending.busy
                />
                <Button label=move || text!(order.ask.cancel) on_press=move || desk.panel.set(None) />
            </div>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_has_an_amount_and_a_reference() {
        assert!(payment("100", "bank 17").is_ok());
        assert_eq!(payment("0", "bank 17"), Err((Some(InputError::Unreadable), None)));
        assert_eq!(payment("100", " "), Err((None, Some(InputError::Missing))));
    }
}
