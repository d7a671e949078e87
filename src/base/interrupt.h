#pragma once

namespace perennial {

/// From now on the first SIGINT or SIGTERM only asks for a stop, so that a run can finish its round and save; the
/// second one kills the program as usual. Takes back an earlier request. For `main`, before threads start.
void watch_interrupts();

/// True once a stop was asked for. Cheap, from any thread.
bool interrupt_requested() noexcept;

}  // namespace perennial
