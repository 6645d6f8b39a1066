import { type Json, text } from '../json';

/** A remote address as one line: `198.51.100.7 (Seattle, United States) · AS64500 Example Hosting`. */
export function remoteOf(ip: Json | undefined): string {
  const address = text(ip?.ipAddressV4) ?? text(ip?.ipAddressV6);
  return join([withPlace(address, ip?.city?.cityName, ip?.country?.countryName), organizationOf(ip?.organization)]);
}

/** The same for an endpoint of an attack sequence. */
export function endpointOf(endpoint: Json): string {
  const { location, autonomousSystem } = endpoint;
  const address = text(endpoint.ip) ?? text(endpoint.domain);
  return join([withPlace(address, location?.city, location?.country), text(autonomousSystem?.name)]);
}

/** A port with its name where it has one: `22 (SSH)`. */
export function portOf(details: Json | undefined): string | undefined {
  return withPlace(text(details?.port), details?.portName);
}

export function join(parts: unknown[]): string {
  return parts.map(text).filter(Boolean).join(' · ');
}

function withPlace(value: string | undefined, ...places: unknown[]): string | undefined {
  const known = places.map(text).filter((place) => place && place !== 'Unknown');
  return value && known.length > 0 ? `${value} (${known.join(', ')})` : value;
}

function organizationOf(organization: Json | undefined): string {
  const number = text(organization?.asn);
  const name = text(organization?.asnOrg) ?? text(organization?.org) ?? text(organization?.isp);
  return [number && `AS${number}`, name].filter(Boolean).join(' ');
}
