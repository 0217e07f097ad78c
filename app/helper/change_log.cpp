// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/change_log.h"

#include "core/sysctl/drop_in.h"

#include <syslog.h>

namespace halfopen {

void logKeepaliveChange(const Caller& caller, const KeepaliveDefaults& before, const KeepaliveDefaults& after,
                        bool persist) {
    ::syslog(LOG_DAEMON | LOG_NOTICE,
             "set-keepalive-defaults: sender %s, uid %u: tcp_keepalive_time %d -> %d, tcp_keepalive_intvl %d -> %d, "
             "tcp_keepalive_probes %d -> %d, kept after reboot: %s",
             qUtf8Printable(caller.name), caller.uid, before.time, after.time, before.interval, after.interval,
             before.probes, after.probes, persist ? "yes" : "no");
}

void logForgotten(const Caller& caller) {
    ::syslog(LOG_DAEMON | LOG_NOTICE, "set-keepalive-defaults: sender %s, uid %u: removed %s",
             qUtf8Printable(caller.name), caller.uid, kDropInPath.data());
}

} // namespace halfopen
