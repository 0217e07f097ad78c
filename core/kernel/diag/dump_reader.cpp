// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diag/dump_reader.h"

#include <utility>

namespace halfopen {

Result<DumpProcess*> DumpReader::process() {
    if (!m_process) {
        auto started = DumpProcess::start();
        if (!started)
            return tl::unexpected(started.error());
        m_process = std::move(*started);
    }
    return m_process.get();
}

std::unique_ptr<DumpProcess> DumpReader::abandon() {
    m_process->abandon();
    return std::move(m_process);
}

} // namespace halfopen
