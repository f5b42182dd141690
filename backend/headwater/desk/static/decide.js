// Accepting and dismissing a finding, or a claim that is not in the source: sent to the service, which keeps them for the receipt.
const CLIENT = { 'Content-Type': 'application/json', 'X-Headwater-Client': 'desk/1' };
const WORDS = { accept: 'Accepted', dismiss: 'Dismissed' };

/** Decide on what a form is about; resolves to whether it was noted. Says under the finding what came of it. */
export async function decide(check, form, decision, who) {
  const stop = form.closest('.stop'), reason = form.elements.reason;
  reason.removeAttribute('aria-invalid');
  if (decision === 'dismiss' && !reason.value.trim()) {
    reason.setAttribute('aria-invalid', 'true');
    say(stop, 'Dismissing needs a reason.');
    reason.focus();
    return false;
  }
  const finding = stop.dataset.finding === '' ? null : Number(stop.dataset.finding); // null: the claim as a whole
  const asked = { claim: stop.dataset.claim, finding, decision, reason: reason.value.trim(), who };
  try {
    const answer = await fetch(`/v1/checks/${check}/decisions`, { method: 'POST', headers: CLIENT, body: JSON.stringify(asked) });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? `the service answered ${answer.status}`);
  } catch (error) {
    say(stop, `Not noted: ${error instanceof TypeError ? 'the service cannot be reached' : error.message}`);
    return false;
  }
  if (decision) stop.dataset.decision = decision;
  else delete stop.dataset.decision;
  const by = who && decision ? ` by ${who}` : '', why = decision && asked.reason ? `: ${asked.reason}` : '';
  say(stop, decision ? `${WORDS[decision]}${by}${why}` : '');
  return true;
}

function say(stop, words) {
  const place = stop.querySelector('[data-decided]');
  place.setAttribute('role', 'status');
  place.textContent = words;
}
