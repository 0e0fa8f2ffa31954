//! Confirming the receipt of a shipment, line by line, with photos of what is wrong.

use countersign_contract::file::MAX_PHOTOS;
use countersign_contract::order::ReceiveShipmentEndpoint;
use countersign_domain::id::{FileId, ReturnId, ShipmentId};
use countersign_domain::order::{Order, ReceiptLine, Shipment, ShipmentLine};
use countersign_domain::quantity::Unit;
use countersign_domain::text::LocalText;
use leptos::prelude::*;
use uuid::Uuid;

use crate::api::Api;
use crate::features::orders::receive::{ArrivalInput, is_whole, receipt};
use crate::files_view::{FilePicker, standing_words};
use crate::i18n::{format, local};
use crate::order_view::{DeedForm, OrderDesk, Typed, Wrong};
use crate::queries::uploads::{Standing, Uploads, Wanted};
use crate::text;
use crate::ui::{Choice, NumberField, SelectField, TextArea};

#[derive(Clone, Copy)]
struct Fields {
    part: ShipmentLine,
    name: StoredValue<(LocalText, Unit)>,
    short: Typed,
    damaged: Typed,
    photos: Uploads,
    /// Said once somebody wants to send: that photos are on their way shows beside them.
    photos_wrong: RwSignal<Option<PhotosWrong>>,
}

/// Why the photos of a line can't go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum PhotosWrong {
    /// They are not all there.
    Standing(Standing),
    /// Nothing of the line is missing or damaged.
    OfWhole,
}

impl Fields {
    fn of(api: Api, order: &Order, part: &ShipmentLine) -> Option<Self> {
        let line = order.line(part.line_id)?;
        Some(Self {
            part: *part,
            name: StoredValue::new((line.name.clone(), line.unit.clone())),
            short: Typed::new(""),
            damaged: Typed::new(""),
            photos: Uploads::new(api, Wanted::Pictures, MAX_PHOTOS),
            photos_wrong: RwSignal::new(None),
        })
    }

    /// What is typed, tracked.
    fn typed(&self) -> ArrivalInput {
        ArrivalInput {
            short: self.short.value.get(),
            damaged: self.damaged.value.get(),
        }
    }

    fn read(&self) -> Result<(ReceiptLine, Vec<FileId>), Wrong> {
        let typed = untrack(|| self.typed());
        let read = typed.read(&self.part);
        let (of_short, of_damaged) = read.as_ref().err().cloned().unwrap_or_default();
        self.short.tell(of_short);
        self.damaged.tell(of_damaged);
        let line = read.map_err(|_| Wrong)?;
        let photos = match untrack(|| self.photos.standing()) {
            Standing::There(photos) if photos.is_empty() || !is_whole(&line) => Ok(photos),
            Standing::There(_) => Err(PhotosWrong::OfWhole),
            standing => Err(PhotosWrong::Standing(standing)),
        };
        self.photos_wrong.set(photos.as_ref().err().cloned());
        photos.map(|photos| (line, photos)).map_err(|_| Wrong)
    }

    /// Whether there is something to photograph, or photos there already.
    fn wants_photos(&self) -> bool {
        let ArrivalInput { short, damaged } = self.typed();
        !short.trim().is_empty() || !damaged.trim().is_empty() || self.photos.all.with(|all| !all.is_empty())
    }
}

/// A shipment that waits for its receipt, with its fields.
#[derive(Clone)]
struct Waiting {
    shipment: Shipment,
    rows: Vec<Fields>,
}

#[component]
pub fn ReceiveForm(
    /// The order.
    desk: OrderDesk,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let waiting = desk.detail.with_untracked(|detail| {
        let order = &detail.as_deref()?.order;
        let of = |shipment: &Shipment| Waiting {
            rows: shipment
                .lines
                .iter()
                .filter_map(|part| Fields::of(api, order, part))
                .collect(),
            shipment: shipment.clone(),
        };
        Some(order.unreceived().map(of).collect::<Vec<_>>())
    });
    let waiting = StoredValue::new(waiting.unwrap_or_default());
    let first = waiting.with_value(|all| all.first().map(|waiting| waiting.shipment.id));
    let chosen = RwSignal::new(first);
    let pending = desk.change::<ReceiveShipmentEndpoint>();
    let note = RwSignal::new(String::new());
    // One claim for this receipt, however often it is sent.
    let claim = ReturnId(Uuid::new_v4());
    let submit = move || {
        let Some(Waiting { shipment, rows }) = found(waiting, chosen.get_untracked()) else {
            return;
        };
        let lines: Vec<_> = rows.iter().map(Fields::read).collect();
        let lines: Result<Vec<_>, Wrong> = lines.into_iter().collect();
        if let Ok(lines) = lines {
            desk.send(pending, receipt(&shipment, lines, &note.get_untracked(), claim));
        }
    };
    let rows = move || {
        found(waiting, chosen.get())
            .map(|waiting| waiting.rows)
            .unwrap_or_default()
    };
    let row = |fields: Fields| view! { <ArrivalRow fields=fields /> }.into_any();
    view! {
        <DeedForm
            desk=desk
            button=move || text!(order.deed.receive)
            busy=pending.busy
            error=pending.error
            on_submit=submit
        >
            <p>{move || text!(orders.receive.lead)}</p>
            <Show when=move || waiting.with_value(|all| all.len() > 1)>
                <ShipmentChoice waiting=waiting chosen=chosen />
            </Show>
            <ul class="deed-lines">
                <For each=rows key=move |fields| (chosen.get_untracked(), fields.part.line_id) children=row />
            </ul>
            <TextArea label=move || text!(orders.receive.note) value=note rows=2 />
        </DeedForm>
    }
}

fn found(waiting: StoredValue<Vec<Waiting>>, id: Option<ShipmentId>) -> Option<Waiting> {
    waiting.with_value(|all| {
        all.iter()
            .find(|waiting| Some(waiting.shipment.id) == id)
            .cloned()
    })
}

#[component]
fn ShipmentChoice(waiting: StoredValue<Vec<Waiting>>, chosen: RwSignal<Option<ShipmentId>>) -> impl IntoView {
    let options = move || {
        waiting.with_value(|all| {
            let choice = |waiting: &Waiting| {
                let shipment = &waiting.shipment;
                let words = text!(
                    order.shipment.name,
                    position = shipment.position,
                    carrier = shipment.carrier.clone()
                );
                Choice::new(shipment.id.to_string(), words)
            };
            all.iter().map(choice).collect::<Vec<_>>()
        })
    };
    let selected = move || chosen.get().map(|id| id.to_string()).unwrap_or_default();
    view! {
        <SelectField
            label=move || text!(orders.receive.shipment)
            options=Signal::derive(options)
            selected=Signal::derive(selected)
            on_select=move |id: String| chosen.set(id.parse().ok())
        />
    }
}

#[component]
fn ArrivalRow(fields: Fields) -> impl IntoView {
    let name = move || fields.name.with_value(|(name, _)| local(name));
    let unit = Signal::derive(move || fields.name.with_value(|(_, unit)| local(&unit.name)));
    let arrives = move || {
        let received = fields.typed().read(&fields.part).map(|line| line.received).ok()?;
        Some(fields.name.with_value(|(_, unit)| {
            text!(
                orders.receive.received_of,
                received = format::quantity(received),
                shipped = format::quantity_of(fields.part.quantity, unit)
            )
        }))
    };
    // A photo that was chosen stays in sight, whatever is typed afterwards.
    let wants_photos = Memo::new(move |_| fields.wants_photos());
    let photos_wrong = move || match fields.photos_wrong.get()? {
        PhotosWrong::Standing(standing) => standing_words(&standing),
        PhotosWrong::OfWhole => Some(text!(orders.receive.photos_of_whole)),
    };
    view! {
        <li>
            <fieldset>
                <legend>{name} <small>{arrives}</small></legend>
                <div class="deed-line-fields">
                    <NumberField
                        label=move || text!(orders.receive.short)
                        value=fields.short.value
                        unit=unit
                        error=fields.short.wrong()
                    />
                    <NumberField
                        label=move || text!(orders.receive.damaged)
                        value=fields.damaged.value
                        unit=unit
                        error=fields.damaged.wrong()
                    />
                </div>
                <Show when=move || wants_photos.get()>
                    <FilePicker uploads=fields.photos />
                </Show>
                <p class="form-error" role="alert">{photos_wrong}</p>
            </fieldset>
        </li>
    }
}
