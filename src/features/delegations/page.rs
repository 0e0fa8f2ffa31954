//! Who stands in for whom, and handing queues over.

use std::sync::Arc;

use countersign_contract::delegation::{Delegations, ListDelegations};
use countersign_contract::endpoint::NoQuery;
use leptos::prelude::*;

use crate::api::ApiError;
use crate::features::delegations::form::HandOverForm;
use crate::features::delegations::list::DelegationList;
use crate::i18n::problems;
use crate::layout::use_title;
use crate::queries::{self, Remote};
use crate::text;
use crate::ui::{Card, ErrorState, PageHeader, Skeleton};

#[derive(Clone, Debug, PartialEq, Eq)]
enum Face {
    Loading,
    Failed(ApiError),
    Ready,
}

/// The delegations this person has to do with; all of them for who may change the settings.
#[component]
pub fn DelegationsPage() -> impl IntoView {
    use_title(|| text!(delegations.title));
    let read = queries::read::<ListDelegations>(|| Some(((), NoQuery {})));
    let all = Memo::new(move |before: Option<&Option<Arc<Delegations>>>| {
        let now = read.state.with(|state| state.ready().cloned());
        now.or_else(|| before.cloned().flatten())
    });
    let face = Memo::new(move |before: Option<&Face>| match read.state.get() {
        Remote::Ready(_) => Face::Ready,
        // What was typed must not go away because the list could not be read again.
        _ if before == Some(&Face::Ready) => Face::Ready,
        Remote::Loading => Face::Loading,
        Remote::Failed(error) => Face::Failed(error),
    });
    let body = move || match face.get() {
        Face::Loading => view! { <Skeleton label=move || text!(delegations.loading) lines=6 /> }.into_any(),
        Face::Failed(error) => view! {
            <ErrorState
                message=Signal::derive(move || problems::words(&error))
                retry_label=move || text!(delegations.retry)
                on_retry=move || read.retry()
            />
        }
        .into_any(),
        Face::Ready => view! {
            <div class="delegations">
                <Card title=move || text!(delegations.hand_over)>
                    <HandOverForm all=all read=read />
                </Card>
                <Card title=move || text!(delegations.list)>
                    <DelegationList all=all read=read />
                </Card>
            </div>
        }
        .into_any(),
    };
    view! {
        <PageHeader title=move || text!(delegations.title) lead=move || text!(delegations.lead) />
        {body}
    }
}
