// Puts what the server sent in its place: an element takes the place of that of its id, a new one is added where it says.

// Only what this service's own templates made is ever parsed; the page's policy lets no other script do it.
const policy = globalThis.trustedTypes?.createPolicy('headwater', { createHTML: (page) => page });

export function parseParts(page) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(page) : page, 'text/html').getElementById('parts');
}

export function putParts(parts) {
  for (const part of [...parts.children]) {
    const former = document.getElementById(part.id);
    if (former) replace(former, part);
    else document.getElementById(part.dataset.into)?.append(part);
  }
}

// A reader who stands on something that is replaced stands on what took its place.
function replace(former, part) {
  const at = document.activeElement;
  const places = former.contains(at) ? [...former.querySelectorAll('a, button, summary, input')] : [];
  const place = places.indexOf(at);
  former.replaceWith(part);
  if (place >= 0) part.querySelectorAll('a, button, summary, input')[place]?.focus({ preventScroll: true });
}
