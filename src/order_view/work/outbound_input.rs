//! What is typed at the outbound review, read as what to reserve of a line and what becomes of the rest.

use countersign_contract::order::LineStock;
use countersign_domain::id::WarehouseId;
use countersign_domain::order::{OrderLine, OutboundLine, Reservation, ShortageChoice};
use countersign_domain::quantity::Quantity;

use crate::order_view::input::{self, InputError};
use crate::order_view::work::rest::Rest;
use crate::order_view::work::substitute::{SubstituteErrors, SubstituteInput};

/// What was typed for a warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which.
    pub warehouse: WarehouseId,
    /// What of the line is free there.
    pub free: Quantity,
    /// What to reserve there; empty means nothing.
    pub typed: String,
}

/// What was typed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboundInput {
    /// What to reserve, warehouse by warehouse.
    pub places: Vec<Place>,
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
    /// With the quantities, warehouse by warehouse; empty where nothing is.
    pub places: Vec<Option<InputError>>,
    /// With what was said of the rest.
    pub said: Option<InputError>,
    /// With what goes in its place.
    pub substitute: SubstituteErrors,
}

impl OutboundInput {
    /// The command for `line`.
    ///
    /// # Errors
    /// Field by field.
    pub fn read(&self, line: &OrderLine) -> Result<OutboundLine, OutboundErrors> {
        let (first, elsewhere, left) = self.parts(line)?;
        let rest = if left.is_zero() { None } else { Some(self.rest) };
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
            warehouse_id: first.warehouse_id,
            quantity: first.quantity,
            elsewhere,
            shortage,
            keeps_price: substitute.is_some() && self.keeps_price,
            substitute,
        })
    }
}

impl OutboundInput {
    /// What is reserved where most of it comes from, what elsewhere, and what of the line is left. A line of which nothing can
    /// be reserved is named all the same: its shortage is decided on.
    fn parts(&self, line: &OrderLine) -> Result<(Reservation, Vec<Reservation>, Quantity), OutboundErrors> {
        let mut left = line.unreserved();
        let mut read = |place: &Place| {
            let typed = place.typed.trim();
            let quantity = if typed.is_empty() {
                Ok(Quantity::ZERO)
            } else {
                input::quantity(typed, Some(left.min(place.free)))
            };
            left = left.minus(*quantity.as_ref().unwrap_or(&Quantity::ZERO));
            quantity
        };
        let read: Vec<_> = self.places.iter().map(&mut read).collect();
        if read.iter().any(Result::is_err) {
            return Err(OutboundErrors {
                places: read.into_iter().map(Result::err).collect(),
                ..OutboundErrors::default()
            });
        }
        let part = |(place, quantity): (&Place, Quantity)| Reservation {
            warehouse_id: place.warehouse,
            quantity,
        };
        let quantities = read.into_iter().map(Result::unwrap_or_default);
        let mut parts: Vec<_> = self.places.iter().zip(quantities).map(part).collect();
        parts.sort_by_key(|part| std::cmp::Reverse(part.quantity));
        let mut parts = parts.into_iter();
        let first = parts.next().ok_or_else(OutboundErrors::default)?;
        Ok((
            first,
            parts.filter(|part| !part.quantity.is_zero()).collect(),
            left,
        ))
    }
}

/// What is to be reserved of a line in each of the warehouses that `stock` lists: all of it in the first that has enough; else
/// what there is, from where most lies, until it is there. One that has nothing is left out, unless none has anything.
pub fn suggestion(line: &OrderLine, stock: &[LineStock]) -> Vec<(LineStock, Quantity)> {
    let mut left = line.unreserved();
    let mut own: Vec<&LineStock> = stock.iter().filter(|stock| stock.line_id == line.id).collect();
    let enough = own.iter().position(|stock| stock.free >= left);
    if enough.is_none() {
        own.sort_by_key(|stock| std::cmp::Reverse(stock.free));
    }
    let suggest = |(place, stock): (usize, &&LineStock)| {
        let quantity = match enough {
            Some(enough) if enough != place => Quantity::ZERO,
            Some(_) | None => left.min(stock.free),
        };
        left = left.minus(quantity);
        ((*stock).clone(), quantity)
    };
    let mut all: Vec<_> = own.iter().enumerate().map(suggest).collect();
    let first = all.first().cloned();
    all.retain(|(stock, _)| !stock.free.is_zero());
    if all.is_empty() {
        all.extend(first);
    }
    all
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

    fn place(warehouse: u128, typed: &str, free: u32) -> Place {
        Place {
            warehouse: WarehouseId(Uuid::from_u128(warehouse)),
            free: Quantity::whole(free),
            typed: typed.to_owned(),
        }
    }

    /// So much typed for a warehouse that has so much.
    fn typed((quantity, free): (&str, u32), rest: Rest, said: &str) -> OutboundInput {
        OutboundInput {
            places: vec![place(1, quantity, free)],
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
    fn the_warehouse_that_has_enough_is_suggested_and_else_what_there_is_from_where_most_lies() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let suggested = |stock: &[LineStock]| -> Vec<(u128, Quantity)> {
            let all = suggestion(&line, stock).into_iter();
            all.map(|(stock, quantity)| (stock.warehouse_id.0.as_u128(), quantity))
                .collect()
        };
        let enough = [stock(&line, 1, 10), stock(&line, 2, 60), stock(&line, 3, 90)];
        let [ten, nothing, all] = [10, 0, 60].map(Quantity::whole);
        assert_eq!(suggested(&enough), [(1, nothing), (2, all), (3, nothing)]);
        let short = [stock(&line, 1, 10), stock(&line, 2, 45), stock(&line, 3, 0)];
        assert_eq!(suggested(&short), [(2, Quantity::whole(45)), (1, ten)]);
        let split = [stock(&line, 1, 50), stock(&line, 2, 45)];
        assert_eq!(suggested(&split), [(1, Quantity::whole(50)), (2, ten)]);
        assert_eq!(
            suggested(&[stock(&line, 1, 0), stock(&line, 2, 0)]),
            [(1, nothing)]
        );
        assert_eq!(suggested(&[]), []);
    }

    #[test]
    fn a_line_from_several_warehouses_is_named_once_with_what_comes_from_each() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let from = |warehouse, count| Reservation {
            warehouse_id: WarehouseId(Uuid::from_u128(warehouse)),
            quantity: Quantity::whole(count),
        };
        let mut input = typed(("15", 45), Rest::Wait, "");
        input.places.push(place(2, "", 10));
        input.places.push(place(3, "45", 45));
        let read = input.read(&line).expect("nothing is wrong");
        assert_eq!(
            (read.warehouse_id, read.quantity),
            (from(3, 45).warehouse_id, Quantity::whole(45))
        );
        assert_eq!((read.elsewhere, read.shortage), (vec![from(1, 15)], None));
        input.places[1].typed = "1".to_owned();
        let errors = input.read(&line).expect_err("that is 61");
        let most = InputError::TooMuch(Quantity::whole(44));
        assert_eq!(errors.places, [None, None, Some(most)]);
    }

    #[test]
    fn a_line_that_is_reserved_whole_needs_no_decision() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let read = typed(("60", 100), Rest::Close, "").read(&line);
        assert_eq!(read.map(|line| line.shortage), Ok(None));
    }

    #[test]
    fn a_rest_that_is_closed_or_left_out_says_why() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let missing = OutboundErrors {
            said: Some(InputError::Missing),
            ..OutboundErrors::default()
        };
        assert_eq!(typed(("45", 45), Rest::Close, " ").read(&line), Err(missing));
        let closed = typed(("45", 45), Rest::Close, "no more").read(&line);
        let reason = "no more".to_owned();
        assert_eq!(
            closed.map(|line| line.shortage),
            Ok(Some(ShortageChoice::Close { reason }))
        );
        let waits = typed(("45", 45), Rest::Wait, "").read(&line);
        assert_eq!(waits.map(|line| line.shortage), Ok(Some(ShortageChoice::Wait)));
    }

    #[test]
    fn a_rest_that_is_replaced_says_by_what_and_why() {
        let line = sample::line(1, 60, Money::new(1, 0));
        let nothing = typed(("45", 45), Rest::Substitute, "the same in blue").read(&line);
        assert_eq!(
            nothing.map_err(|wrong| wrong.substitute),
            Err((Some(InputError::Missing), None))
        );
        let other = sample::line(2, 10, Money::new(1, 0));
        let mut input = typed(("45", 45), Rest::Substitute, "the same in blue");
        input.substitute.item = Some(Item {
            product_id: other.product_id,
            variant_id: other.variant_id,
            sku: other.sku,
            name: other.name,
            unit: other.unit,
        });
        input.substitute.quantity = "15".to_owned();
        let read = input.read(&line).expect("all is there");
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
        let whole = typed(("60", 100), Rest::Substitute, "").read(&line);
        assert_eq!(
            whole.map(|line| (line.substitute, line.keeps_price)),
            Ok((None, false))
        );
    }

    #[test]
    fn no_more_is_reserved_than_there_is() {
        let line = sample::line(1, 60, Money::new(1, 0));
        assert_eq!(
            typed(("50", 45), Rest::Wait, "").read(&line),
            Err(OutboundErrors {
                places: vec![Some(InputError::TooMuch(Quantity::whole(45)))],
                ..OutboundErrors::default()
            })
        );
    }
}
