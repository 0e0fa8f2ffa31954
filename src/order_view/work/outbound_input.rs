//! What is typed at the outbound review, read as what to reserve of a line and what becomes of the rest.

use countersign_contract::order::LineStock;
use countersign_domain::id::WarehouseId;
use countersign_domain::order::{OrderLine, OutboundLine, ShortageChoice};
use countersign_domain::quantity::Quantity;

use crate::order_view::input::{self, InputError};
use crate::order_view::work::rest::Rest;
use crate::order_view::work::substitute::{SubstituteErrors, SubstituteInput};

/// What was typed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundInput {
    /// Where from.
    pub warehouse: WarehouseId,
    /// What to reserve.
    pub quantity: String,
    /// What becomes of the rest.
    pub rest: Rest,
    /// How the customer agreed, or why the rest is closed or replaced.
    pub said: String,
    /// What goes in its place.
    pub substitute: SubstituteInput,
    /// Whether that costs what the line costs.
    pub keeps_price: bool,
}

/// What is wrong with a line's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutboundErrors {
    /// With the quantity.
    pub quantity: Option<InputError>,
    /// With what was said of the rest.
    pub said: Option<InputError>,
    /// With what goes in its place.
    pub substitute: SubstituteErrors,
}

impl OutboundInput {
    /// The command for `line`, of which `free` lies in the warehouse chosen.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self, line: &OrderLine, free: Quantity) -> Result<OutboundLine, OutboundErrors> {
        let wanted = line.unreserved();
        let quantity =
            input::quantity(&self.quantity, Some(wanted.min(free))).map_err(|error| OutboundErrors {
                quantity: Some(error),
                ..OutboundErrors::default()
            })?;
        let rest = if quantity == wanted { None } else { Some(self.rest) };
        let substitute = match rest {
            Some(Rest::Substitute) => Some(self.substitute.read().map_err(|substitute| OutboundErrors {
                substitute,
                ..OutboundErrors::default()
            })?),
            _ => None,
        };
        let said = || {
            input::words(&self.said).map_err(|error| OutboundErrors {
                said: Some(error),
                ..OutboundErrors::default()
            })
        };
        let shortage = match rest {
            None => None,
            Some(Rest::Wait) => Some(ShortageChoice::Wait),
            Some(Rest::ShipShort) => Some(ShortageChoice::ShipShort { consent: said()? }),
            Some(Rest::Substitute) => Some(ShortageChoice::Substitute {
                line_id: self.substitute.line_id,
                reason: said()?,
            }),
            Some(Rest::Close) => Some(ShortageChoice::Close { reason: said()? }),
        };
        Ok(OutboundLine {
            line_id: line.id,
            warehouse_id: self.warehouse,
            quantity,
            shortage,
            keeps_price: substitute.is_some() && self.keeps_price,
            substitute,
        })
    }
}

/// The warehouse that has most of a line, and what is to be reserved there: what remains, or what there is.
pub fn suggestion(line: &OrderLine, stock: &[LineStock]) -> Option<(WarehouseId, Quantity)> {
    let wanted = line.unreserved();
    let own = || stock.iter().filter(|stock| stock.line_id == line.id);
    // The first that has enough, as the server lists them; else the one that has most.
    let best = own()
        .find(|stock| stock.free >= wanted)
        .or_else(|| own().max_by_key(|stock| stock.free))?;
    Some((best.warehouse_id, wanted.min(best.free)))
}

#[cfg(test)]
mod tests {
    use countersign_domain::id::LineId;
    use countersign_domain::money::Money;
    use countersign_domain::text::LocalText;
    use uuid::Uuid;

    use super::*;
    use crate::offline::draft::Item;
    use crate::order_view::sample;

    fn stock(line: &OrderLine, warehouse: u128, free: u32) -> LineStock {
        LineStock {
            line_id: line.id,
            warehouse_id: WarehouseId(Uuid::from_u128(warehouse)),
            warehouse: LocalText::default(),
            free: Quantity::whole(free),
        }
    }

    fn typed(quantity: &str, rest: Rest, said: &str) -> OutboundInput {
        OutboundInput {
            warehouse: WarehouseId(Uuid::from_u128(1)),
            quantity: quantity.to_owned(),
            rest,
            said: said.to_owned(),
            substitute: SubstituteInput {
                line_id: LineId(Uuid::from_u128(7)),
                item: None,
                quantity: String::new(),
            },
            keeps_price: true,
        }
    }

    #[test]
    fn the_warehouse_that_has_enough_is_suggested_and_else_the_one_that_has_most() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let id = |id| WarehouseId(Uuid::from_u128(id));
        let enough = [stock(&line, 1, 10), stock(&line, 2, 60), stock(&line, 3, 90)];
        assert_eq!(suggestion(&line, &enough), Some((id(2), Quantity::whole(60))));
        let short = [stock(&line, 1, 10), stock(&line, 2, 45)];
        assert_eq!(suggestion(&line, &short), Some((id(2), Quantity::whole(45))));
        assert_eq!(suggestion(&line, &[]), None);
    }

    #[test]
    fn a_line_that_is_reserved_whole_needs_no_decision() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let read = typed("60", Rest::Close, "").read(&line, Quantity::whole(100));
        assert_eq!(read.map(|line| line.shortage), Ok(None));
    }

    #[test]
    fn a_rest_that_is_closed_or_left_out_says_why() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let free = Quantity::whole(45);
        let missing = OutboundErrors {
            said: Some(InputError::Missing),
            ..OutboundErrors::default()
        };
        assert_eq!(typed("45", Rest::Close, " ").read(&line, free), Err(missing));
        let closed = typed("45", Rest::Close, "no more").read(&line, free);
        let reason = "no more".to_owned();
        assert_eq!(
            closed.map(|line| line.shortage),
            Ok(Some(ShortageChoice::Close { reason }))
        );
        let waits = typed("45", Rest::Wait, "").read(&line, free);
        assert_eq!(waits.map(|line| line.shortage), Ok(Some(ShortageChoice::Wait)));
    }

    #[test]
    fn a_rest_that_is_replaced_says_by_what_and_why() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let free = Quantity::whole(45);
        let nothing = typed("45", Rest::Substitute, "the same in blue").read(&line, free);
        assert_eq!(
            nothing.map_err(|wrong| wrong.substitute),
            Err((Some(InputError::Missing), None))
        );
        let other = sample::line(2, 10, Money::new(1, 0));
        let mut input = typed("45", Rest::Substitute, "the same in blue");
        input.substitute.item = Some(Item {
            product_id: other.product_id,
            variant_id: other.variant_id,
            sku: other.sku,
            name: other.name,
            unit: other.unit,
        });
        input.substitute.quantity = "15".to_owned();
        let read = input.read(&line, free).expect("all is there");
        assert_eq!(
            read.shortage,
            Some(ShortageChoice::Substitute {
                line_id: input.substitute.line_id,
                reason: "the same in blue".to_owned()
            })
        );
        assert!(read.keeps_price);
        assert_eq!(
            read.substitute.map(|line| line.quantity),
            Some(Quantity::whole(15))
        );
        let whole = typed("60", Rest::Substitute, "").read(&line, Quantity::whole(100));
        assert_eq!(
            whole.map(|line| (line.substitute, line.keeps_price)),
            Ok((None, false))
        );
    }

    #[test]
    fn no_more_is_reserved_than_there_is() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let free = Quantity::whole(45);
        assert_eq!(
            typed("50", Rest::Wait, "").read(&line, free),
            Err(OutboundErrors {
                quantity: Some(InputError::TooMuch(free)),
                ..OutboundErrors::default()
            })
        );
    }
}
