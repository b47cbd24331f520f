/** JupyterLite's kernel asks for the learner's files by requests; the page answers them. */

export const QUESTIONS = /\/api\/(drive|stdin\/.*)$/;
export const HEARTBEAT = /\/api\/service-worker-heartbeat$/;
const questions = new BroadcastChannel("/sw-api.v1");

/**
 * @param {Request} request
 * @returns {Promise<Response>}
 */
export async function asked(request) {
  const question = { ...(await request.json()), pathname: new URL(request.url).pathname };
  return new Promise((resolve) => {
    /** @param {MessageEvent} message */
    const listen = ({ data }) => {
      if (data.browsingContextId !== question.browsingContextId || data.requestId !== question.requestId) return;
      if (!("response" in data)) return;
      questions.removeEventListener("message", listen);
      resolve(new Response(JSON.stringify(data.response)));
    };
    questions.addEventListener("message", listen);
    questions.postMessage(question);
  });
}
