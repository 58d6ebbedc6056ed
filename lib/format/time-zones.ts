/** Names that Unicode's data keeps from before the IANA database renamed them: people look for the new ones. */
const renamed: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** UTC and every other time zone that there is to choose from, by the name that the IANA database has for it now. */
export function timeZoneNames(): string[] {
  const known = Intl.supportedValuesOf("timeZone").map((name) => renamed[name] ?? name);
  return [...new Set(["UTC", ...known.toSorted()])];
}

interface TimeZoneOption {
  value: string;
  label: string;
}

interface Continent {
  label: string;
  options: TimeZoneOption[];
}

/**
 * The names to choose from, by continent, with `chosen` among them in whatever spelling it is stored. `names` are the
 * server's: a browser may know others.
 */
export function timeZoneOptions(names: readonly string[], chosen: string): (TimeZoneOption | Continent)[] {
  const all = names.includes(chosen) ? names : [chosen, ...names];
  const continents = Map.groupBy(all, (name) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : ""));
  return [...continents].flatMap(([label, members]): (TimeZoneOption | Continent)[] => {
    const options = members.map((name) => ({ value: name, label: placeOf(name) }));
    return label === "" ? options : [{ label, options }];
  });
}

/** `America/Argentina/Buenos_Aires` is Buenos Aires, Argentina. */
function placeOf(name: string): string {
  const [continent = "", ...places] = name.replaceAll("_", " ").split("/");
  return places.reverse().join(", ") || continent;
}
