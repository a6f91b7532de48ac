// Asking the desk. A refusal or a closed desk is `null`: what is shown stays as it is.

export const get = async (path, kind = 'json') => {
  try {
    const answer = await fetch(path)
    return answer.ok ? await answer[kind]() : null
  } catch {
    return null
  }
}

export const post = async (path, question) => {
  try {
    const answer = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(question),
    })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}

// An element: its name, its attributes, what is in it.
export const make = (name, attributes = {}, ...children) => {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value)
    else if (value === true) element.setAttribute(key, '')
    else if (value !== false && value != null) element.setAttribute(key, value)
  }
  element.append(...children.filter(child => child != null && child !== false))
  return element
}

export const words = text => text.split(/\s+/).filter(Boolean)
