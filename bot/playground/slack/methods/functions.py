"""functions.*: how a custom step of a workflow ends."""

from bot.playground.slack.methods.registry import Call, method
from bot.playground.slack.shapes import Json, Refused


def _running(call: Call, id: str) -> Json:
    execution = call.world.executions.get(id)
    if execution is None:
        raise Refused("function_execution_not_found")
    if execution["status"] != "running":
        raise Refused("execution_not_in_running_state")
    return execution


@method("functions.completeSuccess", tier="3")
def succeed(call: Call, *, function_execution_id: str, outputs: Json) -> Json:
    execution = _running(call, function_execution_id)
    missing = [name for name in execution["required_outputs"] if name not in outputs]
    if missing:
        raise Refused(
            "parameter_validation_failed", *(f"[ERROR] missing output: {name}" for name in missing)
        )
    execution |= {"status": "completed", "outputs": outputs}
    return {}


@method("functions.completeError", tier="3")
def fail(call: Call, *, function_execution_id: str, error: str) -> Json:
    execution = _running(call, function_execution_id)
    execution |= {"status": "failed", "error": error}
    return {}
