{{- define "pod" -}}
automountServiceAccountToken: false
securityContext: &restricted
  runAsNonRoot: true
  runAsUser: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- end }}
{{- define "container" -}}
image: {{ .Values.image.repository }}@{{ .Values.image.digest }}
envFrom:
  - configMapRef: { name: report-runner }
  - secretRef: { name: report-runner, optional: true }
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
resources:
  requests: { cpu: 100m, memory: 128Mi }
  limits: { memory: 512Mi }
{{- end }}
