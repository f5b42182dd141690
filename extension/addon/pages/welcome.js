// @ts-check
// The first page: what is sent, and to which host. Nothing is sent before the user agrees; "Not now" takes an agreement back.

import { hasConsent, hostOf } from '../lib/settings.js';
import { $, agree, api, openPage } from './page.js';

const { settings, tell } = await openPage();
const host = hostOf(settings.backend);

$('sends').textContent = tell('consent_sends', { host });
$('service').textContent = tell('welcome_service', { host });
$('agree').onclick = async () => {
  await agree(host);
  $('status').textContent = tell('options_agreed', { host });
};
$('later').onclick = async () => {
  await agree('');
  $('status').textContent = tell('options_not_agreed', { host });
};
$('settings').onclick = () => api.runtime.openOptionsPage();
if (hasConsent(settings)) $('status').textContent = tell('options_agreed', { host });
$('agree').disabled = $('later').disabled = false;
