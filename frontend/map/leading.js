// Links that take along what is on the map: its box, and the day where another than today was chosen.
const DECIMALS = 6;

export function takeAlong(view, links, day) {
  const today = day?.value;
  const write = ({ currentTarget }) => {
    const address = new URL(currentTarget.href);
    const box = view.map.getBounds().toArray().flat().map((each) => each.toFixed(DECIMALS));
    address.searchParams.set("bbox", box.join(","));
    if (day && day.value !== today) address.searchParams.set("day", day.value);
    else address.searchParams.delete("day");
    currentTarget.href = address.href;
  };
  for (const link of links) link.addEventListener("click", write);
}
