use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, Utc};
use countersign_contract::home::{GetSupplierHome, SupplierHome};

use crate::auth::require_staff;
use crate::http::answer::{Answer, Reply};
use crate::http::call::Call;
use crate::repo::{figures, order_turn, settings, summaries};
use crate::state::AppState;

/// Days of the chart.
const DAYS: u64 = 30;
/// Most late orders shown.
const MAX_ESCALATED: u32 = 20;

/// `GET /home/supplier`: what staff need to see first, of the orders they see.
pub async fn get_supplier(state: AppState, call: Call<GetSupplierHome>) -> Reply<GetSupplierHome> {
    let caller = call.caller()?;
    require_staff(caller)?;
    let actor = &caller.actor;
    let now = state.clock.now();
    let today = state.local_date(now);
    let offset = state.site.offset;
    let mut connection = state.db.read().await?;
    let workflow = settings::workflow(&mut connection).await?.value;
    let mut days = Vec::new();
    for date in (0..DAYS)
        .rev()
        .filter_map(|before| today.checked_sub_days(Days::new(before)))
    {
        let span = span_of(date, offset);
        days.push(figures::day(&mut connection, actor, date, span, &workflow.currency).await?);
    }
    let span = span_of(today, offset);
    // The days of the chart.
    let since = today.checked_sub_days(Days::new(DAYS - 1)).unwrap_or(today);
    let since = span_of(since, offset).0;
    Ok(Answer::new(SupplierHome {
        queues: figures::queues(&mut connection, actor, &workflow, now).await?,
        today: figures::day(&mut connection, actor, today, span, &workflow.currency).await?,
        shipped_today: figures::shipped(&mut connection, actor, span).await?,
        escalated: summaries::escalated(&mut connection, actor, now, MAX_ESCALATED).await?,
        out_of_turn_30_days: order_turn::out_of_turn(&mut connection, actor, since).await?,
        days,
    }))
}

/// From the beginning of a day to that of the next, where the company is.
fn span_of(date: NaiveDate, offset: FixedOffset) -> (DateTime<Utc>, DateTime<Utc>) {
    let midnight = |date: NaiveDate| {
        let local = date.and_time(NaiveTime::MIN).and_local_timezone(offset);
        // A fixed offset has every local time exactly once; only the end of the calendar has none.
        local
            .earliest()
            .map_or(DateTime::<Utc>::MAX_UTC, |midnight| midnight.to_utc())
    };
    (midnight(date), midnight(date.succ_opt().unwrap_or(date)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_company() {
        let china = FixedOffset::east_opt(8 * 3600).expect("an offset");
        let date = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        let (start, end) = span_of(date, china);
        assert_eq!(start.to_rfc3339(), "2026-11-21T16:00:00+00:00");
        assert_eq!(end.to_rfc3339(), "2026-11-22T16:00:00+00:00");
    }
}
