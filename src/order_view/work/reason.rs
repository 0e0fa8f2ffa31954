//! Deeds that ask for a reason: send back, void, decline, withdraw (rules 3 to 5).

use countersign_contract::Endpoint;
use countersign_contract::order::{
    DeclineChangesEndpoint, OrderDetail, SendBackOrderEndpoint, VoidOrderEndpoint, WithdrawOrderEndpoint,
};
use countersign_domain::id::OrderId;
use countersign_domain::order::{DeclineChanges, SendBackOrder, VoidOrder, WithdrawOrder};
use leptos::prelude::*;

use crate::api::ApiError;
use crate::order_view::input;
use crate::order_view::{DeedForm, OrderDesk, Typed};
use crate::text;
use crate::ui::TextArea;

/// What a form for a reason says and sends.
struct Asked<B> {
    lead: fn() -> String,
    button: fn() -> String,
    required: bool,
    body: fn(String) -> B,
}

pub(super) fn send_back(desk: OrderDesk) -> AnyView {
    form::<SendBackOrderEndpoint>(
        desk,
        Asked {
            lead: || text!(order.ask.send_back),
            button: || text!(order.deed.send_back),
            required: true,
            body: |reason| SendBackOrder { reason },
        },
    )
}

pub(super) fn void(desk: OrderDesk) -> AnyView {
    form::<VoidOrderEndpoint>(
        desk,
        Asked {
            lead: || text!(order.ask.void),
            button: || text!(order.deed.void),
            required: true,
            body: |reason| VoidOrder { reason },
        },
    )
}

pub(super) fn decline(desk: OrderDesk) -> AnyView {
    form::<DeclineChangesEndpoint>(
        desk,
        Asked {
            lead: || text!(order.ask.decline),
            button: || text!(order.deed.decline_changes),
            required: true,
            body: |reason| DeclineChanges { reason },
        },
    )
}

pub(super) fn withdraw(desk: OrderDesk) -> AnyView {
    form::<WithdrawOrderEndpoint>(
        desk,
        Asked {
            lead: || text!(order.ask.withdraw),
            button: || text!(order.deed.withdraw),
            required: false,
            body: |reason| WithdrawOrder { reason },
        },
    )
}

fn form<E>(desk: OrderDesk, asked: Asked<E::Body>) -> AnyView
where
    E: Endpoint<Path = OrderId, Reply = OrderDetail> + 'static,
{
    let pending = desk.change::<E>();
    let Asked {
        lead,
        button,
        required,
        body,
    } = asked;
    let send = Callback::new(move |reason| desk.send(pending, body(reason)));
    view! {
        <ReasonForm
            desk=desk
            lead=lead
            button=button
            required=required
            busy=pending.busy
            error=pending.error
            send=send
        />
    }
    .into_any()
}

/// The part that is the same for every endpoint, so that it is in the app once.
#[component]
fn ReasonForm(
    desk: OrderDesk,
    lead: fn() -> String,
    button: fn() -> String,
    required: bool,
    busy: RwSignal<bool>,
    error: RwSignal<Option<ApiError>>,
    send: Callback<String>,
) -> impl IntoView {
    let reason = Typed::new("");
    let submit = move || {
        let said = reason.read(|typed| match input::words(typed) {
            Err(_) if !required => Ok(String::new()),
            said => said,
        });
        if let Ok(said) = said {
            send.run(said);
        }
    };
    let label = Signal::derive(move || {
        if required {
            text!(order.ask.reason)
        } else {
            text!(order.ask.reason_optional)
        }
    });
    view! {
        <DeedForm desk=desk button=Signal::derive(button) busy=busy error=error on_submit=submit>
            <p>{lead}</p>
            <TextArea label=label value=reason.value error=reason.wrong() />
        </DeedForm>
    }
}
