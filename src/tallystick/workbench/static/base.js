// What every page does beyond what HTML does by itself; without it all pages can be read.

// HTMX answers with an error: show what the server says instead of nothing.
document.addEventListener("htmx:responseError", (event) => {
  const notice = document.getElementById("notice");
  notice.textContent = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html").body.textContent.trim();
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("notice").textContent = "The server does not answer. Nothing was changed.";
});
