// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/kernel/diag/dump_process.h"

#include <chrono>
#include <memory>

namespace halfopen {

/// The DumpProcess that several sources have together, one after the other: one for all network namespaces but one's
/// own, where a machine has hundreds of them. One thread.
class DumpReader {
public:
    /// Made at first, and where the one before was left behind. @return Unreadable where none can be made
    Result<DumpProcess*> process();
    /// It waits for a lock: whoever asked has it from now on, the others get a new one.
    std::unique_ptr<DumpProcess> abandon();
    /// What is left of an answer must not be taken for the next one.
    void discard() { m_process.reset(); }
    /// CPU time that it has taken so far. It may begin anew.
    std::chrono::nanoseconds cpuTime() const { return m_process ? m_process->cpuTime() : std::chrono::nanoseconds{}; }

private:
    std::unique_ptr<DumpProcess> m_process;
};
using DumpReaderPtr = std::shared_ptr<DumpReader>;

} // namespace halfopen
