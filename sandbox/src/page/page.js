// Keeps the page's live parts current, except where somebody is at work in them.
"use strict";

const live = document.getElementById("live");
const gone = document.getElementById("gone");

const busy = (part) => part.contains(document.activeElement) || part.querySelector("details[open]");

async function refresh() {
  if (live.checked && !document.hidden) {
    try {
      const reply = await fetch(location.href, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
      for (const part of document.querySelectorAll("[data-live]")) {
        const now = fresh.getElementById(part.id);
        if (now && !busy(part) && now.innerHTML !== part.innerHTML) part.innerHTML = now.innerHTML;
      }
      gone.hidden = true;
    } catch {
      gone.hidden = false;
    }
  }
  setTimeout(refresh, 1000);
}

setTimeout(refresh, 1000);
