export const page = (services) => `<ul>${services.map(({ name }) => `<li>${name}</li>`).join("")}</ul>`;
