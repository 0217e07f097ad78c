<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActionStrings</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) as before.</source>
        <translation>
            <numerusform>%Ln connection as before.</numerusform>
            <numerusform>%Ln connections as before.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) changed.</source>
        <translation>
            <numerusform>%Ln connection changed.</numerusform>
            <numerusform>%Ln connections changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more program(s)</source>
        <translation>
            <numerusform>and %Ln more program</numerusform>
            <numerusform>and %Ln more programs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message numerus="yes">
        <source>Since then %n connection(s) appeared</source>
        <translation>
            <numerusform>Since then %Ln connection appeared</numerusform>
            <numerusform>Since then %Ln connections appeared</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed.</source>
        <translation>
            <numerusform>%Ln closed.</numerusform>
            <numerusform>%Ln closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChangeLines</name>
    <message numerus="yes">
        <source>%n connection(s) that have ended</source>
        <translation>
            <numerusform>%Ln connection that has ended</numerusform>
            <numerusform>%Ln connections that have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s): %1</source>
        <translation>
            <numerusform>%Ln connection: %1</numerusform>
            <numerusform>%Ln connections: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseStrings</name>
    <message numerus="yes">
        <source>Close %n connection(s)?</source>
        <translation>
            <numerusform>Close %Ln connection?</numerusform>
            <numerusform>Close %Ln connections?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) closed: the kernel has none of them any more.</source>
        <translation>
            <numerusform>The connection is closed: the kernel does not have it any more.</numerusform>
            <numerusform>%Ln connections closed: the kernel has none of them any more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndedTimeline</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%Ln probe unanswered</numerusform>
            <numerusform>%Ln probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) in vain</source>
        <translation>
            <numerusform>sent once in vain</numerusform>
            <numerusform>sent %Ln times in vain</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%Ln connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Headline</name>
    <message numerus="yes">
        <source>%n probe(s) unanswered</source>
        <translation>
            <numerusform>%Ln probe unanswered</numerusform>
            <numerusform>%Ln probes unanswered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>sent %n time(s) without an answer</source>
        <translation>
            <numerusform>sent once without an answer</numerusform>
            <numerusform>sent %Ln times without an answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) wait to be accepted (backlog %1)</source>
        <translation>
            <numerusform>%Ln connection waits to be accepted (backlog %1)</numerusform>
            <numerusform>%Ln connections wait to be accepted (backlog %1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) unread</source>
        <translation>
            <numerusform>%Ln byte unread</numerusform>
            <numerusform>%Ln bytes unread</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n byte(s) wait and the peer&apos;s window is zero</source>
        <translation>
            <numerusform>%Ln byte waits and the peer&apos;s window is zero</numerusform>
            <numerusform>%Ln bytes wait and the peer&apos;s window is zero</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n segment(s) in flight</source>
        <translation>
            <numerusform>%Ln segment in flight</numerusform>
            <numerusform>%Ln segments in flight</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListenerTexts</name>
    <message numerus="yes">
        <source>%n connection(s)</source>
        <translation>
            <numerusform>%Ln connection</numerusform>
            <numerusform>%Ln connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NetnsStrings</name>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation>
            <numerusform>%Ln process</numerusform>
            <numerusform>%Ln processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Summary</name>
    <message numerus="yes">
        <source>%n more program(s)</source>
        <translation>
            <numerusform>%Ln more program</numerusform>
            <numerusform>%Ln more programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) shown, none is chosen</source>
        <translation>
            <numerusform>%Ln connection shown, none is chosen</numerusform>
            <numerusform>%Ln connections shown, none is chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n may have lost their peer</source>
        <translation>
            <numerusform>%Ln may have lost its peer</numerusform>
            <numerusform>%Ln may have lost their peer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n would stay open for ever if the peer were gone</source>
        <translation>
            <numerusform>%Ln would stay open for ever if the peer were gone</numerusform>
            <numerusform>%Ln would stay open for ever if the peer were gone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed by the peer, or ended, and not closed by the program</source>
        <translation>
            <numerusform>%Ln closed by the peer, or ended, and not closed by the program</numerusform>
            <numerusform>%Ln closed by the peer, or ended, and not closed by the program</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n ended, and still open in the program</source>
        <translation>
            <numerusform>%Ln ended, and still open in its program</numerusform>
            <numerusform>%Ln ended, and still open in their programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without program or options: they take root to read</source>
        <translation>
            <numerusform>%Ln without program or options: it takes root to read</numerusform>
            <numerusform>%Ln without program or options: they take root to read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n never given up</source>
        <translation>
            <numerusform>%Ln never given up</numerusform>
            <numerusform>%Ln never given up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) chosen</source>
        <translation>
            <numerusform>%Ln connection chosen</numerusform>
            <numerusform>%Ln connections chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TcpFacts</name>
    <message numerus="yes">
        <source>%Ln packet(s)</source>
        <translation>
            <numerusform>%Ln packet</numerusform>
            <numerusform>%Ln packets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TuningStrings</name>
    <message numerus="yes">
        <source>It costs at most %1 packets a second, probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>It costs at most %1 packets a second, probes and answers, if the one open connection with keepalive on stays idle.</numerusform>
            <numerusform>It costs at most %1 packets a second, probes and answers, if the %Ln open connections with keepalive on stay idle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It costs at most %1 packets a second (now %2), probes and answers, if the %n open connection(s) with keepalive on stay idle.</source>
        <translation>
            <numerusform>It costs at most %1 packets a second (now %2), probes and answers, if the one open connection with keepalive on stays idle.</numerusform>
            <numerusform>It costs at most %1 packets a second (now %2), probes and answers, if the %Ln open connections with keepalive on stay idle.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n middlebox(es) %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</source>
        <translation>
            <numerusform>Of %Ln middlebox %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</numerusform>
            <numerusform>Of %Ln middleboxes %1 forget a silent connection before the first probe, %2 keep it if hardly a probe is lost, %3 keep it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Watch</name>
    <message numerus="yes">
        <source>%n of them wait in CLOSE-WAIT: their peers have closed, the program has not.</source>
        <translation>
            <numerusform>%Ln of them waits in CLOSE-WAIT: its peer has closed, the program has not.</numerusform>
            <numerusform>%Ln of them wait in CLOSE-WAIT: their peers have closed, the program has not.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ApplyBar</name>
    <message numerus="yes">
        <source>In effect. In %n second(s) %1 come back, unless you keep the new values.</source>
        <translation>
            <numerusform>In effect. In %Ln second %1 come back, unless you keep the new values.</numerusform>
            <numerusform>In effect. In %Ln seconds %1 come back, unless you keep the new values.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ChangePanel</name>
    <message numerus="yes">
        <source>For %n chosen connection(s). Only what you touch is changed.</source>
        <translation>
            <numerusform>For %Ln chosen connection. Only what you touch is changed.</numerusform>
            <numerusform>For %Ln chosen connections. Only what you touch is changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Undo Change of %n Connection(s)</source>
        <translation>
            <numerusform>&amp;Undo Change of %Ln Connection</numerusform>
            <numerusform>&amp;Undo Change of %Ln Connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ComparisonWindow</name>
    <message numerus="yes">
        <source>Nothing has changed: %n connection(s) are as they were.</source>
        <translation>
            <numerusform>Nothing has changed: %Ln connection is as it was.</numerusform>
            <numerusform>Nothing has changed: %Ln connections are as they were.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are as they were.</source>
        <translation>
            <numerusform>%Ln connection is as it was.</numerusform>
            <numerusform>%Ln connections are as they were.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionActions</name>
    <message numerus="yes">
        <source>Close %n Connection(s)</source>
        <translation>
            <numerusform>Close Connection</numerusform>
            <numerusform>Close %Ln Connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more socket(s) read.</source>
        <translation>
            <numerusform>%Ln more socket read.</numerusform>
            <numerusform>%Ln more sockets read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n could not be read.</source>
        <translation>
            <numerusform>%Ln could not be read.</numerusform>
            <numerusform>%Ln could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Change %n...</source>
        <translation>
            <numerusform>Change %Ln...</numerusform>
            <numerusform>Change %Ln...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Close %n...</source>
        <translation>
            <numerusform>Close %Ln...</numerusform>
            <numerusform>Close %Ln...</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>C&amp;lose %n Connection(s)...</source>
        <translation>
            <numerusform>C&amp;lose %Ln Connection...</numerusform>
            <numerusform>C&amp;lose %Ln Connections...</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ConnectionsPage</name>
    <message numerus="yes">
        <source>None of the %n connection(s) matches the filter.</source>
        <translation>
            <numerusform>The one connection does not match the filter.</numerusform>
            <numerusform>None of the %Ln connections matches the filter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) of this machine live in other network namespaces (containers and the like) and are not in this list.</source>
        <translation>
            <numerusform>%Ln connection of this machine lives in another network namespace (a container or the like) and is not in this list.</numerusform>
            <numerusform>%Ln connections of this machine live in other network namespaces (containers and the like) and are not in this list.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) live in other network namespaces.</source>
        <translation>
            <numerusform>%Ln connection lives in another network namespace.</numerusform>
            <numerusform>%Ln connections live in other network namespaces.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::DriftPanel</name>
    <message numerus="yes">
        <source>%n namespace(s) have another setting than the host.</source>
        <translation>
            <numerusform>%Ln namespace has another setting than the host.</numerusform>
            <numerusform>%Ln namespaces have another setting than the host.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %n namespace(s) the settings are not known.</source>
        <translation>
            <numerusform>Of %Ln namespace the settings are not known.</numerusform>
            <numerusform>Of %Ln namespaces the settings are not known.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::EdgeMarker</name>
    <message numerus="yes">
        <source>%n suspect above</source>
        <translation>
            <numerusform>%Ln suspect above</numerusform>
            <numerusform>%Ln suspect above</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::EffectPanel</name>
    <message numerus="yes">
        <source>Of the %n connection(s) that were to follow</source>
        <translation>
            <numerusform>Of the one connection that was to follow</numerusform>
            <numerusform>Of the %Ln connections that were to follow</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::ExportFlow</name>
    <message numerus="yes">
        <source>%n socket(s) saved: %1.</source>
        <translation>
            <numerusform>%Ln socket saved: %1.</numerusform>
            <numerusform>%Ln sockets saved: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryMenu</name>
    <message numerus="yes">
        <source>%n Day(s)</source>
        <translation>
            <numerusform>%Ln Day</numerusform>
            <numerusform>%Ln Days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::HistoryPage</name>
    <message numerus="yes">
        <source>%n ended connection(s)</source>
        <translation>
            <numerusform>%Ln ended connection</numerusform>
            <numerusform>%Ln ended connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n ended connection(s)</source>
        <translation>
            <numerusform>%1 of %Ln ended connection</numerusform>
            <numerusform>%1 of %Ln ended connections</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The kernel had to drop events %n time(s): some endings may be missing, and for others less is known.</source>
        <translation>
            <numerusform>The kernel had to drop events %Ln time: some endings may be missing, and for others less is known.</numerusform>
            <numerusform>The kernel had to drop events %Ln times: some endings may be missing, and for others less is known.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>%Ln new above</numerusform>
            <numerusform>%Ln new above</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Paused; %n more connection(s) ended since.</source>
        <translation>
            <numerusform>Paused; %Ln more connection ended since.</numerusform>
            <numerusform>Paused; %Ln more connections ended since.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::NetnsSelector</name>
    <message numerus="yes">
        <source>%1: %n connection(s)</source>
        <comment>a network namespace</comment>
        <translation>
            <numerusform>%1: %Ln connection</numerusform>
            <numerusform>%1: %Ln connections</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::OpenNetns</name>
    <message numerus="yes">
        <source>%n more</source>
        <comment>network namespaces</comment>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::OverviewPage</name>
    <message numerus="yes">
        <source>%n connection(s) silent for longer than this remembers:</source>
        <translation>
            <numerusform>%Ln connection silent for longer than this remembers:</numerusform>
            <numerusform>%Ln connections silent for longer than this remembers:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Worst (%n more)</source>
        <translation>
            <numerusform>Worst (%Ln more)</numerusform>
            <numerusform>Worst (%Ln more)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) in view</source>
        <translation>
            <numerusform>%Ln socket in view</numerusform>
            <numerusform>%Ln sockets in view</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::Rearm</name>
    <message numerus="yes">
        <source>Set an idle time of %1 s on %n connection(s)?</source>
        <translation>
            <numerusform>Set an idle time of %1 s on %Ln connection?</numerusform>
            <numerusform>Set an idle time of %1 s on %Ln connections?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::RecordHead</name>
    <message numerus="yes">
        <source>%n more ended alike</source>
        <translation>
            <numerusform>%Ln more ended alike</numerusform>
            <numerusform>%Ln more ended alike</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::StatusLine</name>
    <message numerus="yes">
        <source>%n connection(s), %1 guarded, %2 unguarded, %3 suspect</source>
        <translation>
            <numerusform>%Ln connection, %1 guarded, %2 unguarded, %3 suspect</numerusform>
            <numerusform>%Ln connections, %1 guarded, %2 unguarded, %3 suspect</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n dead, still open</source>
        <translation>
            <numerusform>%Ln dead, still open</numerusform>
            <numerusform>%Ln dead, still open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::TrackView</name>
    <message numerus="yes">
        <source>interval %1 × %n probe(s)</source>
        <translation>
            <numerusform>interval %1 × %Ln probe</numerusform>
            <numerusform>interval %1 × %Ln probes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>halfopen::WatchMenu</name>
    <message numerus="yes">
        <source>%n more of what you watch has changed.</source>
        <translation>
            <numerusform>%Ln more of what you watch has changed.</numerusform>
            <numerusform>%Ln more of what you watch have changed.</numerusform>
        </translation>
    </message>
</context>
</TS>
