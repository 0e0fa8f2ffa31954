//! The finance review beyond the credit limit, and entering a confirmed payment (rule 8).

use countersign_contract::account::{ConfirmPayment, NewPayment};
use countersign_contract::order::PassFinanceReviewEndpoint;
use countersign_domain::money::Money;
use countersign_domain::order::PassFinanceReview;
use leptos::prelude::*;

use crate::order_view::input::{self, InputError};
use crate::order_view::{DeedForm, OrderDesk, Typed};
use crate::text;
use crate::ui::{NumberField, TextArea, TextField};

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
    let reason = Typed::new("");
    let submit = move || {
        if let Ok(reason) = reason.read(input::words) {
            let body = PassFinanceReview {
                note: String::new(),
                override_reason: Some(reason),
            };
            desk.send(pending, body);
        }
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.finance.override_pass)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(order.finance.override_lead)}</p>
            <TextArea label=move || text!(order.ask.reason) value=reason.value error=reason.wrong() />
        </DeedForm>
    }
}

#[component]
pub(super) fn PaymentForm(desk: OrderDesk) -> impl IntoView {
    let pending = desk.change::<ConfirmPayment>();
    let open = desk.detail.with_untracked(|detail| {
        let detail = detail.as_deref()?;
        Some((detail.order.total - detail.paid).max(Money::ZERO))
    });
    let amount = Typed::new(open.map(|open| open.to_string()).unwrap_or_default());
    let reference = Typed::new("");
    let submit = move || {
        let payment = payment(&amount.text(), &reference.text());
        let (of_amount, of_reference) = payment.as_ref().err().cloned().unwrap_or_default();
        amount.tell(of_amount);
        reference.tell(of_reference);
        if let Ok(payment) = payment {
            desk.send(pending, payment);
        }
    };
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.enter_payment)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <NumberField label=move || text!(order.finance.amount) value=amount.value error=amount.wrong() />
            <TextField
                label=move || text!(order.finance.reference)
                hint=move || text!(order.finance.reference_hint)
                value=reference.value
                error=reference.wrong()
            />
        </DeedForm>
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
