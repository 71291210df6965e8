// A file that somebody chose is read into the field that its input names: it is sent as the words that it holds, like what is pasted.

/** Longer files are none that a form takes: an invitation is a line. */
const longest = 32768;

/** Whether a file is read at all. */
export const fits = (size) => size > 0 && size <= longest;

export function bindFiles(page) {
  page.addEventListener('change', async (event) => {
    const { files } = event.target;
    const name = event.target.getAttribute?.('data-into');
    const field = name && page.getElementById(name);
    if (!field || !files?.length || !fits(files[0].size)) return;
    field.value = (await files[0].text()).trim();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
