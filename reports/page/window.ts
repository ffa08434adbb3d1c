/** `* * 8-16 ? * MON-FRI`: any second and minute of these hours, on these days of the week. */
const plainWindow = /^only in the window \* \* (\d{1,2})-(\d{1,2}) \? \* (\S+) ?(.*)$/;

/** A deployment window as people say it, where it is as simple as most are; otherwise as it is written. */
export function windowText(condition: string): string {
  const [, from, to, days, zone] = plainWindow.exec(condition) ?? [];
  if (from === undefined || to === undefined || days === undefined) return condition;
  const hour = (text: string): string => text.padStart(2, "0");
  const place = zone === undefined || zone === "" ? "" : ` ${zone}`;
  return `only ${days.replace("-", " to ")}, ${hour(from)}:00 to ${hour(to)}:59${place}`;
}
