// Days as the company counts them: by its own time zone, written as a date field takes them.

/** The day so many days from now. */
export function dayFromNow(days: number): string {
  const then = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" }).format(then);
}
