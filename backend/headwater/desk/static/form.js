// The form: files are dropped and pasted as well as chosen, and one that is too large is told before it is sent.
const form = document.getElementById('ask');
const most = Number(form.dataset.mostBytes);
const input = (what) => form.elements[`${what}_file`];
const said = (what) => form.querySelector(`[data-said="${what}"]`);
const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function show(what, note = '') {
  const [file] = input(what).files;
  const isLarge = file && file.size > most;
  form.querySelector(`[data-clear="${what}"]`).hidden = !file;
  input(what).setCustomValidity(isLarge ? `The file has ${size(file.size)}; ${size(most)} can be read.` : '');
  said(what).textContent = isLarge ? input(what).validationMessage : file ? `${file.name}, ${size(file.size)}. ${note}` : '';
}

function take(what, files) {
  if (!files.length) return false;
  const one = new DataTransfer();
  one.items.add(files[0]);
  input(what).files = one.files;
  show(what, files.length > 1 ? 'One file is taken at a time.' : '');
  return true;
}

for (const zone of form.querySelectorAll('[data-drop]')) {
  const what = zone.dataset.drop;
  const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');
  zone.addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    zone.classList.remove('over');
    if (holdsFiles(event)) event.preventDefault();
    take(what, event.dataTransfer.files);
  });
  zone.addEventListener('paste', (event) => {
    if (take(what, event.clipboardData.files)) event.preventDefault();
  });
  input(what).addEventListener('change', () => show(what));
  zone.querySelector('[data-clear]').addEventListener('click', () => {
    input(what).value = '';
    show(what);
    input(what).focus();
  });
}

form.addEventListener('submit', (event) => {
  const isEmpty = !form.elements.article_text.value.trim() && !input('article').files.length;
  if (isEmpty) {
    event.preventDefault();
    said('article').textContent = 'There is no article: paste it, or choose its file.';
    form.elements.article_text.focus();
    return;
  }
  said('form').textContent = 'Reading…';
});
document.documentElement.classList.add('script');
