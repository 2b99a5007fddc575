{{- define "labels" -}}
app: {{ .Chart.Name }}
azure-workload-identity.io/system: "true"
release: {{ .Release.Name }}
{{- end }}
