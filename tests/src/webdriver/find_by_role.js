// Finds elements as a screen reader would: by role and accessible name, in document order. Arguments: the role, and a
// name or null. Returns { found, names }: the first visible element with exactly this name, or else one whose name
// contains it; and the names of all elements with this role.
const [role, wanted] = arguments

const native = {
  article: 'article',
  button: 'button, summary, input[type=button], input[type=submit], input[type=reset]',
  checkbox: 'input[type=checkbox]',
  combobox: 'select',
  dialog: 'dialog',
  heading: 'h1, h2, h3, h4, h5, h6',
  img: 'img[alt]',
  link: 'a[href]',
  list: 'ul, ol',
  listitem: 'li',
  main: 'main',
  navigation: 'nav',
  option: 'option',
  radio: 'input[type=radio]',
  region: 'section[aria-label], section[aria-labelledby]',
  row: 'tr',
  searchbox: 'input[type=search]',
  table: 'table',
  textbox: 'textarea, input:not([type]), input[type=text], input[type=url], input[type=email], input[type=password]',
}[role]

const words = (text) => (text ?? '').replace(/\s+/g, ' ').trim()
const textOf = (id) => words(document.getElementById(id)?.innerText)

function name(element) {
  const labelledBy = words(element.getAttribute('aria-labelledby')).split(' ').map(textOf).join(' ')
  const labels = [...(element.labels ?? [])].map((label) => words(label.innerText)).join(' ')
  const content = element.matches('input, textarea, select') ? element.placeholder : element.innerText
  const candidates = [labelledBy, element.getAttribute('aria-label'), labels, element.alt, content, element.title]
  return candidates.map(words).find(Boolean) ?? ''
}

// Elements covered by a modal dialog are unreachable until it closes.
const modal = [...document.querySelectorAll('[aria-modal=true]')].at(-1) ?? document

const visible = (element) =>
  modal.contains(element) &&
  element.getClientRects().length > 0 &&
  getComputedStyle(element).visibility === 'visible' &&
  !element.closest('[aria-hidden=true], [inert]')

const selector = native ? `[role~="${role}"], ${native}` : `[role~="${role}"]`
const ofRole = [...document.querySelectorAll(selector)].filter((element) => {
  const given = element.getAttribute('role')
  return visible(element) && (given === null || given.split(/\s+/).includes(role))
})
const names = ofRole.map(name)
const exact = wanted === null ? 0 : names.indexOf(wanted)
const index = exact >= 0 ? exact : names.findIndex((text) => text.toLowerCase().includes(wanted.toLowerCase()))
return { found: ofRole[index] ?? null, names }
